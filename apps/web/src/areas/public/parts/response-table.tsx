import type { routes, RouteOutput } from '@wennuan/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { oneDecimal, wholeNumber } from './words.ts';

export type ResponseFigures = RouteOutput<typeof routes.need.responses>;
type AreaFigures = ResponseFigures['areas'][number];
type Level = AreaFigures['area']['level'];

/** The areas of some levels in the order of their codes, never ranked. */
export const rowsOf = (figures: ResponseFigures, levels: readonly Level[]): AreaFigures[] =>
  figures.areas
    .filter(({ area }) => levels.includes(area.level))
    .toSorted((left, right) => left.area.code.localeCompare(right.area.code));

/** Median working hours to verify, in words. */
export function verifyWords(t: TFunction<'public'>, row: AreaFigures): string {
  return row.medianVerifyWorkingHours === null
    ? t('responses.noDone')
    : t('responses.verifyUnit', { hours: oneDecimal(row.medianVerifyWorkingHours) });
}

interface ResponseTableProps {
  figures: ResponseFigures;
  levels: readonly Level[];
  /** Times and the share in time, or how many matters. */
  show: 'times' | 'counts';
}

/** How fast matters are answered, or how many there were: a row for each area. Units stand in the headings. */
export function ResponseTable({ figures, levels, show }: ResponseTableProps) {
  const { t } = useTranslation('public');
  const rows = rowsOf(figures, levels);
  if (rows.length === 0) return <p className="soft">{t('responses.noneBody')}</p>;
  const none = t('responses.none');
  const share = (row: AreaFigures) =>
    row.onTimeShare === null ? none : `${Math.round(row.onTimeShare * 100)}%`;
  const figure = (value: number | null) => (value === null ? none : oneDecimal(value));
  const columns: readonly (readonly [string, (row: AreaFigures) => string])[] =
    show === 'times'
      ? [
          [t('responses.verifyHead'), (row) => figure(row.medianVerifyWorkingHours)],
          [t('responses.closeHead'), (row) => figure(row.medianCloseDays)],
          [t('responses.onTime'), share],
        ]
      : [
          [t('responses.filed'), (row) => wholeNumber(row.filed)],
          [t('responses.closedCount'), (row) => wholeNumber(row.closed)],
          [t('responses.unconfirmed'), (row) => wholeNumber(row.unconfirmed)],
        ];
  return (
    <table className="table-plain">
      <thead>
        <tr>
          <th scope="col">{t('responses.place')}</th>
          {columns.map(([heading]) => (
            <th key={heading} scope="col" data-numeric>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.area.code}>
            <th scope="row">{row.area.name}</th>
            {columns.map(([heading, words]) => (
              <td key={heading} data-numeric>
                {words(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
