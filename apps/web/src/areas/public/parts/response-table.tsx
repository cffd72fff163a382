import type { routes, RouteOutput } from '@wennuan/contract';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { oneDecimal } from './words.ts';

export type ResponseFigures = RouteOutput<typeof routes.need.responses>;
type AreaFigures = ResponseFigures['areas'][number];
type Level = AreaFigures['area']['level'];

interface ResponseTableProps {
  figures: ResponseFigures;
  levels: readonly Level[];
  /** Only the times, for narrow places. */
  short?: boolean;
}

/** The district's own times where the answer has them; in the order of area codes, never ranked. */
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

/** How fast matters are answered, a row for each area. */
export function ResponseTable({ figures, levels, short }: ResponseTableProps) {
  const { t } = useTranslation('public');
  const rows = rowsOf(figures, levels);
  if (rows.length === 0) return <p className="soft">{t('responses.noneBody')}</p>;
  const closeWords = (row: AreaFigures) =>
    row.medianCloseDays === null
      ? t('responses.noDone')
      : t('responses.closeUnit', { days: oneDecimal(row.medianCloseDays) });
  return (
    <div className="table-scroll">
      <table className="table-plain">
        <thead>
          <tr>
            <th scope="col">{t('responses.place')}</th>
            <th scope="col" data-numeric>
              {t('responses.verify')}
            </th>
            <th scope="col" data-numeric>
              {t('responses.close')}
            </th>
            {!short && <CountHeadings />}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.area.code}>
              <th scope="row">{row.area.name}</th>
              <td data-numeric>{verifyWords(t, row)}</td>
              <td data-numeric>{closeWords(row)}</td>
              {!short && <Counts row={row} />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CountHeadings() {
  const { t } = useTranslation('public');
  return (['onTime', 'filed', 'closed', 'unconfirmed'] as const).map((name) => (
    <th key={name} scope="col" data-numeric>
      {t(name === 'closed' ? 'responses.closedCount' : `responses.${name}`)}
    </th>
  ));
}

function Counts({ row }: { row: AreaFigures }) {
  const { t } = useTranslation('public');
  const share = row.onTimeShare;
  return (
    <>
      <td data-numeric>{share === null ? t('responses.noDone') : `${Math.round(share * 100)}%`}</td>
      {[row.filed, row.closed, row.unconfirmed].map((count, place) => (
        <td key={place} data-numeric>
          {t('responses.pieces', { count })}
        </td>
      ))}
    </>
  );
}
