import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Figure } from '../../../shared/ui/index.ts';
import { OneYuanButton } from './one-yuan.tsx';
import { useAsOf, wholeNumber } from './words.ts';

/** All campaigns together: what was raised, what was spent, by how many gifts. */
export function CampaignTotals() {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  const { data } = useRoute(routes.campaign.totals);
  if (!data || data.open + data.ended === 0) return null;
  return (
    <section aria-labelledby="campaign-totals" className="stack-tight">
      <h2 id="campaign-totals">{t('oneYuan.totals')}</h2>
      <div className="figures">
        <Link to="/campaigns">
          <Figure label={t('oneYuan.in')} value={formatYuan(data.inFen)} unit="" />
        </Link>
        <Link to="/campaigns">
          <Figure label={t('oneYuan.out')} value={formatYuan(data.outFen)} unit="" />
        </Link>
        <Link to="/campaigns">
          <Figure
            label={t('oneYuan.gifts')}
            value={wholeNumber(data.gifts)}
            unit={t('oneYuan.unit')}
          />
        </Link>
      </div>
      <p className="soft small">{asOf(data.asOf)}</p>
    </section>
  );
}

/** One yuan from the first screen; nothing while no campaign takes gifts. */
export function OneYuan() {
  const { t } = useTranslation('public');
  const { data } = useRoute(routes.campaign.totals);
  if (!data?.oneYuan) return null;
  return (
    <section className="card one-yuan" aria-label={t('oneYuan.title')}>
      <p>{t('oneYuan.lead')}</p>
      <OneYuanButton target={data.oneYuan} />
    </section>
  );
}
