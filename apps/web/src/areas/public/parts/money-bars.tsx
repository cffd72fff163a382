import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import { Bars } from '../../../shared/charts/index.ts';

interface MoneyBarsProps {
  name: string;
  inFen: number;
  outFen: number;
  balanceFen: number;
}

/** What came in, what went out, what is there: three bars on one scale. */
export function MoneyBars({ name, inFen, outFen, balanceFen }: MoneyBarsProps) {
  const { t } = useTranslation('public');
  return (
    <Bars
      label={t('funds.chart', { name })}
      headings={[t('funds.item'), t('funds.amount')]}
      bars={[
        {
          key: 'in',
          label: t('campaign.in'),
          value: inFen,
          words: formatYuan(inFen),
          tone: 'done',
        },
        { key: 'out', label: t('campaign.out'), value: outFen, words: formatYuan(outFen) },
        {
          key: 'balance',
          label: t('campaign.balance'),
          value: balanceFen,
          words: formatYuan(balanceFen),
          tone: 'calm',
        },
      ]}
    />
  );
}
