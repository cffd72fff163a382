import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import { Bars } from '../../../shared/charts/index.ts';

interface MoneyBarsProps {
  name: string;
  /** All that came in, and what of it went back; without, they are not told apart. */
  givenFen?: number;
  returnedFen?: number;
  inFen: number;
  outFen: number;
  balanceFen: number;
}

/**
 * What came in, what went out, what is there, on one scale; where gifts went back, also given and returned, with the
 * sum written out so that a reader can check it.
 */
export function MoneyBars(props: MoneyBarsProps) {
  const { name, inFen, outFen, balanceFen, returnedFen = 0 } = props;
  const { t } = useTranslation('public');
  const givenFen = props.givenFen ?? inFen;
  const bar = (key: 'given' | 'returned' | 'net' | 'in' | 'out' | 'balance', fen: number) => ({
    key,
    label: t(`campaign.${key}`),
    value: fen,
    words: formatYuan(fen),
  });
  const hasReturned = returnedFen > 0;
  return (
    <>
      <Bars
        label={t('funds.chart', { name })}
        headings={[t('funds.item'), t('funds.amount')]}
        bars={[
          ...(hasReturned
            ? [
                { ...bar('given', givenFen), tone: 'done' as const },
                { ...bar('returned', returnedFen), tone: 'late' as const },
              ]
            : []),
          { ...bar(hasReturned ? 'net' : 'in', inFen), tone: 'done' as const },
          bar('out', outFen),
          { ...bar('balance', balanceFen), tone: 'calm' as const },
        ]}
      />
      {hasReturned && (
        <p className="soft small">
          {t('campaign.sum', {
            given: formatYuan(givenFen),
            returned: formatYuan(returnedFen),
            net: formatYuan(inFen),
            out: formatYuan(outFen),
            balance: formatYuan(balanceFen),
          })}
        </p>
      )}
    </>
  );
}
