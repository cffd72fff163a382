import { newId } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { callServer } from '../../../shared/api/client.ts';
import { asRefusal } from '../../../shared/api/refusal.ts';
import type { Line, Paid, Rung } from './basket.ts';
import {
  type Entry,
  forgetTill,
  keepBasket,
  type KeptBasket,
  keepSnapshot,
  park,
  type Parked,
  readBasket,
  readJournal,
  readParked,
  readSnapshot,
  settleEntries,
  type Snapshot,
  unpark,
  writeEntry,
} from './journal.ts';
import { afterSent } from './left.ts';

/** What the till's page shows. */
export interface TillState {
  ready: boolean;
  /** The device keeps nothing (private window, full disk): nothing may be sold. */
  storeBroken: boolean;
  signedOut: boolean;
  snapshot: Snapshot | null;
  journal: Entry[];
  parked: Parked[];
  /** What is being rung up: taken up again when the page, or a shift, begins anew. */
  basket: KeptBasket | null;
  online: boolean;
  /** Since when it is on or off line. */
  since: string;
  practice: boolean;
  /** The last sentence of the server about what waits; null when all is well. */
  trouble: string | null;
}

type Outcome = RouteOutput<typeof routes.counter.sell>['outcomes'][number];

/** What became of a sale that was rung up. */
export type RungOutcome =
  | { state: 'recorded' | 'waiting' | 'practice'; number: string }
  | { state: 'refused'; sentence: string; code?: string | null };

/** What a till rings up at once. */
export interface Sale {
  /** The basket's, and the sale's key. */
  id: string;
  lines: readonly Line[];
  payments: readonly Paid[];
  memberCode: string | null;
  supervisorCode: string | null;
  reason: string;
  steps: string[];
}

const ASK_MILLIS = 15_000;
const SEND_AT_ONCE = 20;
/** A device's clock may be so far off before the cashier is told. */
export const CLOCK_MILLIS = 2 * 60_000;

/**
 * The till of this device: what the server told, what was rung up, what waits to be sent. A sale is written to the
 * device's disk first, sent in order, and taken off only when the server has it; the same key is the same sale.
 */
class TillStore {
  #state: TillState = {
    ready: false,
    storeBroken: false,
    signedOut: false,
    snapshot: null,
    journal: [],
    parked: [],
    basket: null,
    online: true,
    since: new Date().toISOString(),
    practice: false,
    trouble: null,
  };
  readonly #heard = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #sending: Promise<Outcome[]> | null = null;
  /** Baskets that were rung up: what a page still says of them is not kept any more. */
  readonly #rungUp = new Set<string>();

  readonly get = (): TillState => this.#state;
  readonly subscribe = (heard: () => void) => {
    this.#heard.add(heard);
    return () => void this.#heard.delete(heard);
  };

  #set(change: Partial<TillState>): void {
    this.#state = { ...this.#state, ...change };
    for (const heard of this.#heard) heard();
  }

  /** Reads what the device kept, asks the server, and goes on asking. */
  async start(): Promise<void> {
    if (this.#timer) return;
    this.#timer = setInterval(() => void this.refresh(), ASK_MILLIS);
    window.addEventListener('online', () => void this.refresh());
    window.addEventListener('offline', () => this.#line(false));
    try {
      const [snapshot, journal, parked, basket] = [
        await readSnapshot(),
        await readJournal(),
        await readParked(),
        await readBasket(),
      ];
      this.#set({ ready: true, snapshot, journal, parked, basket });
    } catch {
      this.#set({ ready: true, storeBroken: true });
    }
    await this.refresh();
  }

  #line(online: boolean): void {
    if (online === this.#state.online) return;
    const now = new Date().toISOString();
    // Away since it last heard of the server, also when the page was opened only now.
    this.#set({ online, since: online ? now : (this.#state.snapshot?.heardAt ?? now) });
  }

  /** The server's time as this device knows it. */
  now(): number {
    return Date.now() + (this.#state.snapshot?.offsetMillis ?? 0);
  }

  /** Makes this device the till. */
  async choose(tillId: string): Promise<void> {
    await this.#load(tillId);
  }

  /** Sends what waits, then asks what the server knows. */
  async refresh(): Promise<void> {
    const { snapshot } = this.#state;
    if (!snapshot) return;
    try {
      await this.send();
      if (this.#state.journal.length === 0) await this.#load(snapshot.data.till.id);
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  #failed(thrown: unknown): void {
    const refusal = asRefusal(thrown);
    if (refusal.passing) this.#line(false);
    else {
      this.#line(true);
      this.#set({ signedOut: refusal.status === 401, trouble: refusal.message || null });
    }
  }

  async #load(tillId: string): Promise<void> {
    const data = await callServer(routes.counter.load, { params: { tillId } });
    const snapshot: Snapshot = {
      data,
      offsetMillis: new Date(data.serverTime).getTime() - Date.now(),
      toldAt: data.serverTime,
      heardAt: new Date().toISOString(),
      usedSteps: this.#state.snapshot?.usedSteps.slice(-500) ?? [],
    };
    await keepSnapshot(snapshot);
    this.#line(true);
    this.#set({ snapshot, signedOut: false, trouble: null });
  }

  /** Gives this device up as a till; not while something waits. */
  async leave(): Promise<void> {
    if (this.#state.journal.length > 0) return;
    await forgetTill();
    this.#set({ snapshot: null });
  }

  setPractice(practice: boolean): void {
    this.#set({ practice });
  }

  /** Rings a sale up: on the disk first, then to the server when there is one. */
  async ring(sale: Sale): Promise<RungOutcome> {
    const { snapshot, online, practice } = this.#state;
    if (practice || !snapshot) return { state: 'practice', number: '' };
    const rung = this.#rung(sale, !online);
    const kept = { ...snapshot, usedSteps: [...snapshot.usedSteps, ...sale.steps] };
    const entry: Entry = { key: rung.key, sale: rung, steps: sale.steps };
    this.#rungUp.add(sale.id);
    await writeEntry(entry, kept);
    this.#set({ snapshot: kept, journal: [...this.#state.journal, entry], basket: null });
    const short = rung.key.slice(-6).toUpperCase();
    if (!online) return { state: 'waiting', number: short };
    try {
      const told = (await this.send()).find((one) => one.key === rung.key);
      if (told?.state === 'refused') {
        this.#rungUp.delete(sale.id);
        return { state: 'refused', sentence: told.sentence ?? '', code: told.refusal };
      }
      return { state: told ? 'recorded' : 'waiting', number: told?.number ?? short };
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      // What the server says of this sale is said beside it.
      if (refusal.passing || refusal.status === 401) this.#failed(thrown);
      // Nobody knows whether it arrived: it stays in the journal, and the key makes it one sale.
      if (refusal.passing) return { state: 'waiting', number: short };
      await this.#settle([entry.key]);
      this.#rungUp.delete(sale.id);
      return { state: 'refused', sentence: refusal.message, code: refusal.code };
    }
  }

  #rung(sale: Sale, isOffline: boolean): Rung {
    return {
      key: sale.id,
      at: new Date(this.now()).toISOString(),
      lines: sale.lines.map((line) => ({ ...line })),
      payments: sale.payments.map((one) => ({
        means: one.means,
        amountFen: one.amountFen,
        codePaymentId: one.codePaymentId ?? null,
        entitlementId: one.entitlementId ?? null,
        scanId: one.scanId ?? null,
      })),
      isOffline,
      memberCode: sale.memberCode,
      supervisorCode: sale.supervisorCode,
      reason: sale.reason,
    };
  }

  /** Sends what waits, in order; one sender at a time, also when two windows are open. */
  send(): Promise<Outcome[]> {
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = null));
    return this.#sending;
  }

  async #sendAll(): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    await navigator.locks.request('wennuan-till', async () => {
      let waiting = await readJournal();
      while (waiting.length > 0) {
        const batch = waiting.slice(0, SEND_AT_ONCE);
        const { outcomes: told } = await callServer(routes.counter.sell, {
          params: { tillId: this.#state.snapshot!.data.till.id },
          body: { sales: batch.map((entry) => entry.sale) },
        });
        outcomes.push(...told);
        this.#line(true);
        await this.#settle(told.map((one) => one.key));
        waiting = await readJournal();
      }
    });
    return outcomes;
  }

  async #settle(keys: readonly string[]): Promise<void> {
    const snapshot = this.#state.snapshot!;
    const done = this.#state.journal.filter((entry) => keys.includes(entry.key));
    const after = { ...snapshot, data: afterSent(snapshot.data, done) };
    await settleEntries(keys, after);
    this.#set({ snapshot: after, journal: await readJournal() });
  }

  /** Keeps what is being rung up, with what was taken for it; of practice, and of what was rung up, nothing. */
  async keepBasket(basket: KeptBasket): Promise<void> {
    if (this.#state.practice || this.#rungUp.has(basket.id)) return;
    this.#state = { ...this.#state, basket };
    await keepBasket(basket).catch(() => this.#set({ storeBroken: true }));
  }

  /** Puts a basket aside, for whom it is; a price that was allowed for it is asked for anew. */
  async park(lines: readonly Line[], memberCode: string | null): Promise<void> {
    const at = new Date(this.now()).toISOString();
    const plain = lines.map((line) => ({ ...line, discountFen: 0 }));
    await park({ id: newId(), at, lines: plain, memberCode });
    this.#set({ parked: await readParked() });
  }

  /** Takes a basket back that was put aside. */
  async unpark(id: string): Promise<void> {
    await unpark(id);
    this.#set({ parked: await readParked() });
  }
}

/** One till for each device. */
export const tillStore = new TillStore();
