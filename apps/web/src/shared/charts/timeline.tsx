import type { ReactNode } from 'react';

export interface Span {
  key: string;
  label: ReactNode;
  /** Plain dates; null: not known since when, or still so. */
  since: string | null;
  until: string | null;
  /** The period as people read it. */
  words: string;
}

interface TimelineProps {
  /** What is shown. */
  label: string;
  /** Headings of the two columns. */
  headings: readonly [string, string];
  spans: readonly Span[];
  /** Where the picture ends. */
  today: string;
}

const DAY_MILLIS = 86_400_000;
const YEAR_DAYS = 365.25;
/** What began at an unknown day is drawn this much before all that is known. */
const UNKNOWN_YEARS = 1;
const YEARS_LEAST = 3;

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MILLIS;

/** Years that the axis names: few enough to be read. */
function yearsBetween(first: number, last: number): number[] {
  const step = Math.max(1, Math.ceil((last - first) / 5));
  const years = [];
  for (let year = first; year <= last; year += step) years.push(year);
  return years;
}

/** Periods as bars over the years: a table whose cells also draw them, so that everybody reads the same. */
export function Timeline({ label, headings, spans, today }: TimelineProps) {
  const end = dayOf(today);
  const known = spans.flatMap(({ since, until }) =>
    [since, until].flatMap((date) => (date ? [dayOf(date)] : [])),
  );
  const first = Math.min(end - YEARS_LEAST * YEAR_DAYS, ...known) - UNKNOWN_YEARS * YEAR_DAYS;
  const place = (day: number) =>
    Math.min(100, Math.max(0, ((day - first) / Math.max(1, end - first)) * 100));
  const years = yearsBetween(
    new Date(first * DAY_MILLIS).getUTCFullYear() + 1,
    Number(today.slice(0, 4)),
  );
  return (
    <table className="bars timeline">
      <caption className="visually-hidden">{label}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{headings[0]}</th>
          <th scope="col">{headings[1]}</th>
        </tr>
      </thead>
      <tbody>
        {spans.map(({ key, label: name, since, until, words }) => {
          const from = since ? place(dayOf(since)) : 0;
          const to = until ? place(dayOf(until)) : 100;
          return (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect className="bar-ground" width="100" height="8" />
                  <rect
                    className="bar-value"
                    data-tone={until ? 'calm' : 'accent'}
                    data-open={since === null || undefined}
                    x={from}
                    width={Math.max(0.8, to - from)}
                    height="8"
                  />
                </svg>
                <span className="number">{words}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <td />
          <td>
            <svg className="timeline-years" viewBox="0 0 300 14">
              {years.map((year) => (
                <text key={year} x={place(dayOf(`${year}-01-01`)) * 3} y="11">
                  {year}
                </text>
              ))}
            </svg>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
