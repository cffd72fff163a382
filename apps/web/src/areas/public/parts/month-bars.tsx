import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import { monthWords } from '../../../shared/ui/index.ts';

interface Month {
  /** `2026-11`. */
  month: string;
  inFen: number;
  outFen: number;
  /** What went back to givers; the column is shown only where there is any. */
  returnedFen?: number;
}

const WIDTH = 100;
const HEIGHT = 8;

/** In (net of what went back) and out, month by month, on one scale; a table that draws its own figures, so that everybody reads the same. */
export function MonthBars({ name, months }: { name: string; months: readonly Month[] }) {
  const { t, i18n } = useTranslation('public');
  if (months.length === 0) return <p className="soft">{t('fund.none')}</p>;
  const hasReturned = months.some(({ returnedFen = 0 }) => returnedFen > 0);
  const mostFen = Math.max(1, ...months.flatMap(({ inFen, outFen }) => [inFen, outFen]));
  return (
    <table className="months">
      <caption className="visually-hidden">{t('fund.monthsChart', { name })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('fund.month')}</th>
          <th scope="col">{t(hasReturned ? 'campaign.net' : 'fund.in')}</th>
          {hasReturned && <th scope="col">{t('campaign.returned')}</th>}
          <th scope="col">{t('fund.out')}</th>
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, inFen, outFen, returnedFen = 0 }) => (
          <tr key={month}>
            <th scope="row" className="number">
              {monthWords(month, i18n.language)}
            </th>
            <td>
              <MonthBar share={inFen / mostFen} tone="done" words={formatYuan(inFen)} />
            </td>
            {hasReturned && (
              <td>
                <MonthBar
                  share={returnedFen / mostFen}
                  tone="late"
                  words={formatYuan(returnedFen)}
                />
              </td>
            )}
            <td>
              <MonthBar share={outFen / mostFen} tone="accent" words={formatYuan(outFen)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MonthBar({ share, tone, words }: { share: number; tone: string; words: string }) {
  return (
    <>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <rect className="bar-ground" width={WIDTH} height={HEIGHT} />
        <rect
          className="bar-value"
          data-tone={tone}
          width={share > 0 ? Math.max(0.8, share * WIDTH) : 0}
          height={HEIGHT}
        />
      </svg>
      <span className="number small">{words}</span>
    </>
  );
}
