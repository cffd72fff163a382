import cliProgress from 'cli-progress';

/** Shows how far a long piece of work is. */
export interface Progress {
  /** Says that `done` units of the work are finished; `total` may change as more becomes known. */
  to(done: number, total?: number): void;
  end(): void;
}

/**
 * A bar on a terminal; elsewhere one line at the beginning, one per tenth and one at the end, so that a
 * log stays readable. `total` is in any unit; 0 when it is not known yet.
 */
export function showProgress(
  label: string,
  total: number,
  out: NodeJS.WriteStream = process.stderr,
): Progress {
  return out.isTTY ? bar(label, total, out) : lines(label, total, out);
}

function bar(label: string, total: number, out: NodeJS.WriteStream): Progress {
  const shown = new cliProgress.SingleBar({
    format: `${label} {bar} {percentage}% · {value}/{total} · {eta_formatted}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    stream: out,
    // Ctrl-C belongs to the command, which has a server to stop.
    gracefulExit: false,
  });
  shown.start(total, 0);
  return {
    to(done, newTotal) {
      if (newTotal !== undefined) shown.setTotal(newTotal);
      shown.update(done);
    },
    end() {
      shown.update(shown.getTotal());
      shown.stop();
    },
  };
}

function lines(label: string, total: number, out: NodeJS.WriteStream): Progress {
  let all = total;
  let tenths = 0;
  out.write(`${label} …\n`);
  return {
    to(done, newTotal) {
      all = newTotal ?? all;
      const now = all > 0 ? Math.floor((done / all) * 10) : 0;
      if (now <= tenths || now >= 10) return;
      tenths = now;
      out.write(`${label} ${tenths * 10}%\n`);
    },
    end() {
      out.write(`${label} 100%\n`);
    },
  };
}
