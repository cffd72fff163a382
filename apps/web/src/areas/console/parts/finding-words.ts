import type { RouteOutput, routes } from '@wennuan/contract';
import type { TFunction } from 'i18next';
import { withDates } from '../../../shared/ui/index.ts';

type Piece = RouteOutput<typeof routes.supervision.findings>['items'][number]['evidence'][number];

/** Bare numbers say nothing without what they count. */
const COUNTS: ReadonlySet<Piece['code']> = new Set(['people', 'people_before', 'gifts']);

/** What a finding rests on, in the reader's words. */
export function evidenceWords(
  t: TFunction<'console'>,
  language: string,
  { code, value }: Piece,
): string {
  return code === 'tie' ? t(`findings.tie.${value as 'declared'}`) : withDates(value, language);
}

/** The same in one line, where no label stands beside it. */
export function evidenceLine(
  t: TFunction<'console'>,
  language: string,
  pieces: readonly Piece[],
): string {
  return pieces
    .filter(({ code }) => code !== 'award')
    .map((piece) => {
      const words = evidenceWords(t, language, piece);
      return COUNTS.has(piece.code)
        ? `${t(`findings.evidenceName.${piece.code}`)} ${words}`
        : words;
    })
    .join(' · ');
}
