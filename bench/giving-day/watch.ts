/** What the campaign's page showed, beside what was sent and what was acknowledged at that moment. */
export class Watch {
  #sentFen = 0;
  #ackedFen = 0;
  readonly #acked: { at: number; fen: number }[] = [{ at: -Infinity, fen: 0 }];
  #shownAbove = 0;
  #lagMillis = 0;
  #samples = 0;

  sent(amountFen: number): void {
    this.#sentFen += amountFen;
  }

  acknowledged(amountFen: number, at: number): void {
    this.#ackedFen += amountFen;
    this.#acked.push({ at, fen: this.#ackedFen });
  }

  /**
   * Notes one look at the page: asked at a moment, with the total it showed. Money is confirmed at the latest when its
   * notice was taken, so a total above all that was sent by now is wrong. `calm` is false while something was killed.
   */
  looked(askedAt: number, shownFen: number, calm: boolean): void {
    this.#samples += 1;
    this.#shownAbove = Math.max(this.#shownAbove, shownFen - this.#sentFen);
    if (!calm) return;
    // The latest moment whose acknowledged money is all in what was shown.
    let low = 0;
    let high = this.#acked.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#acked[middle]!.fen <= shownFen) low = middle;
      else high = middle - 1;
    }
    const next = this.#acked[low + 1];
    if (next && next.at < askedAt) this.#lagMillis = Math.max(this.#lagMillis, askedAt - next.at);
  }

  /** Fen shown above what could be confirmed, and how late the page was at worst. */
  figures(): { shownAboveFen: number; lagMillis: number; samples: number } {
    return {
      shownAboveFen: Math.max(0, this.#shownAbove),
      lagMillis: this.#lagMillis,
      samples: this.#samples,
    };
  }
}
