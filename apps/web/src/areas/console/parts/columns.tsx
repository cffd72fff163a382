import type { ReactNode } from 'react';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { DateText, Money, State, type Tone } from '../../../shared/ui/index.ts';

/** A column of words, sorted and searched by them. */
export function wordColumn<Row>(
  key: string,
  header: string,
  read: (row: Row) => string | null,
): Column<Row> {
  return { key, header, value: read, cell: read };
}

/** A column drawn in its own way, sorted and searched by its words. */
export function drawnColumn<Row>(
  key: string,
  header: string,
  how: { words: (row: Row) => string | null; draw: (row: Row) => ReactNode },
): Column<Row> {
  return { key, header, value: how.words, cell: how.draw };
}

/** A column of states, each in its words and tone. */
export function stateColumn<Row>(
  key: string,
  header: string,
  read: (row: Row) => readonly [words: string, tone: Tone | undefined],
): Column<Row> {
  return drawnColumn(key, header, {
    words: (row) => read(row)[0],
    draw: (row) => {
      const [words, tone] = read(row);
      return <State tone={tone}>{words}</State>;
    },
  });
}

/** A column of amounts in fen, sorted as numbers. */
export function moneyColumn<Row>(
  key: string,
  header: string,
  read: (row: Row) => number | null,
): Column<Row> {
  return {
    key,
    header,
    numeric: true,
    value: read,
    cell: (row) => {
      const fen = read(row);
      return fen === null ? null : <Money fen={fen} />;
    },
  };
}

/** A column of instants or dates. */
export function dateColumn<Row>(
  key: string,
  header: string,
  read: (row: Row) => string | null,
): Column<Row> {
  return {
    key,
    header,
    value: read,
    cell: (row) => {
      const at = read(row);
      return at === null ? null : <DateText at={at} />;
    },
  };
}
