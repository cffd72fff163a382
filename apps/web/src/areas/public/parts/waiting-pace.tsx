import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';

interface Waits {
  beforeFen: number;
  paceFenPerDay: number;
}

const LONGEST_DAYS = 365;

/** When it is likely to be its turn, from what was spent there a day in the last month. */
export function WaitingPace({ waits }: { waits: Waits | null }) {
  const { t } = useTranslation('public');
  if (!waits || waits.beforeFen === 0) return null;
  const { beforeFen, paceFenPerDay } = waits;
  if (paceFenPerDay === 0) return <p className="soft">{t('pace.still')}</p>;
  const days = Math.max(1, Math.ceil(beforeFen / paceFenPerDay));
  const pace = formatYuan(paceFenPerDay);
  return (
    <p className="soft">
      {days > LONGEST_DAYS ? t('pace.long', { pace }) : t('pace.days', { pace, days })}
    </p>
  );
}
