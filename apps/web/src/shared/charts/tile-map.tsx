import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface Tile {
  code: string;
  name: ReactNode;
  /** What the shade stands for. */
  value: number;
  words: string;
  /** Communities of the street: small squares in the same shades. */
  parts: readonly { code: string; name: string; value: number; words: string }[];
}

interface TileMapProps {
  label: string;
  /** Headings of the table: place, value. */
  headings: readonly [string, string];
  tiles: readonly Tile[];
}

const LEVELS = 5;

/** Shade 0 (nothing) to 5 by share of the largest. */
const levelOf = (value: number, most: number) =>
  value <= 0 ? 0 : Math.min(LEVELS, Math.ceil((value / most) * LEVELS));

/** Streets as tiles with their communities as squares: a schematic of our own, not real borders. */
export function TileMap({ label, headings, tiles }: TileMapProps) {
  const { t } = useTranslation();
  const most = Math.max(1, ...tiles.map((tile) => tile.value));
  const mostPart = Math.max(1, ...tiles.flatMap((tile) => tile.parts.map((part) => part.value)));
  return (
    <figure className="tile-map" aria-label={label}>
      <ul className="tile-grid">
        {tiles.map((tile) => (
          <li key={tile.code} className="tile" data-level={levelOf(tile.value, most)}>
            <strong>{tile.name}</strong>
            <span className="number">{tile.words}</span>
            <span className="tile-parts" aria-hidden="true">
              {tile.parts.map((part) => (
                <i
                  key={part.code}
                  data-level={levelOf(part.value, mostPart)}
                  title={`${part.name} ${part.words}`}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('chart.asTable')}</summary>
        <table className="table-plain">
          <thead>
            <tr>
              <th scope="col">{headings[0]}</th>
              <th scope="col" data-numeric>
                {headings[1]}
              </th>
            </tr>
          </thead>
          <tbody>
            {tiles.flatMap((tile) => [
              <tr key={tile.code}>
                <th scope="row">{tile.name}</th>
                <td data-numeric>{tile.words}</td>
              </tr>,
              ...tile.parts.map((part) => (
                <tr key={part.code}>
                  <td>{part.name}</td>
                  <td data-numeric>{part.words}</td>
                </tr>
              )),
            ])}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
