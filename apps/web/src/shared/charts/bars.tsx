import type { ReactNode } from 'react';

export interface Bar {
  key: string;
  label: ReactNode;
  value: number;
  /** The value as people read it: `¥1,234.50`, `12 件`. */
  words: string;
  tone?: 'accent' | 'calm' | 'done' | 'late';
}

interface BarsProps {
  /** What is compared. */
  label: string;
  /** Headings of the two columns. */
  headings: readonly [string, string];
  bars: readonly Bar[];
}

/** Shares as bars: a table whose cells also draw their value, so that everybody reads the same. */
export function Bars({ label, headings, bars }: BarsProps) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <table className="bars">
      <caption className="visually-hidden">{label}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{headings[0]}</th>
          <th scope="col">{headings[1]}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.key}>
            <th scope="row">{bar.label}</th>
            <td>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect className="bar-ground" width="100" height="8" />
                <rect
                  className="bar-value"
                  data-tone={bar.tone ?? 'accent'}
                  width={Math.max(bar.value > 0 ? 0.8 : 0, (bar.value / most) * 100)}
                  height="8"
                />
              </svg>
              <span className="number">{bar.words}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
