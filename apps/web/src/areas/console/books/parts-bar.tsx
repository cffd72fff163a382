import { formatYuan } from '@wennuan/basics';

export interface Part {
  key: string;
  label: string;
  fen: number;
  /** How it is drawn: from what is done to what is free. */
  shade: 'spent' | 'committed' | 'asked' | 'free';
  words?: string;
}

interface PartsBarProps {
  label: string;
  headings: readonly [string, string];
  parts: readonly Part[];
}

/** One sum and its parts as one bar, and the same words as a table below it. */
export function PartsBar({ label, headings, parts }: PartsBarProps) {
  const total = Math.max(
    1,
    parts.reduce((sum, part) => sum + Math.max(0, part.fen), 0),
  );
  let at = 0;
  return (
    <div className="parts-bar">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="bar-ground" width="100" height="8" />
        {parts.map((part) => {
          const width = (Math.max(0, part.fen) / total) * 100;
          const x = at;
          at += width;
          return (
            <rect
              key={part.key}
              className="part"
              data-shade={part.shade}
              x={x}
              width={width}
              height="8"
            />
          );
        })}
      </svg>
      <table>
        <caption className="visually-hidden">{label}</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{headings[0]}</th>
            <th scope="col">{headings[1]}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.key}>
              <th scope="row">
                <i className="part-key" data-shade={part.shade} aria-hidden="true" />
                {part.label}
              </th>
              <td className="number">{part.words ?? formatYuan(part.fen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
