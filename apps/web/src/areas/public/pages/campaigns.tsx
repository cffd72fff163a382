import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { Listed, EmptyState, Page } from '../../../shared/ui/index.ts';
import { CampaignState } from '../parts/campaign-state.tsx';
import { CampaignTotals } from '../parts/campaign-totals.tsx';
import { MoneyBars } from '../parts/money-bars.tsx';
import { RecordedGiving } from '../parts/recorded-giving.tsx';
import { useAsOf, useFederation, wholeNumber } from '../parts/words.ts';

/** Campaigns, open ones first as the server orders them. */
export function CampaignsPage() {
  const { t } = useTranslation('public');
  const federation = useFederation();
  const asOf = useAsOf();
  const query = useList(routes.donation.campaigns, { query: { limit: 100 } });
  return (
    <Page
      title={t('campaigns.title')}
      description={t('campaigns.description', { federation })}
      lead={t('campaigns.lead', { federation })}
      width="wide"
    >
      <CampaignTotals />
      <Listed
        list={query}
        empty={
          <EmptyState title={t('campaigns.noneTitle')}>
            <p>{t('campaigns.noneBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <ul className="grid-cards grid-cards-wide">
            {items.map((campaign) => (
              <li key={campaign.id} className="card">
                <div className="row-between">
                  <h2>
                    <Link to="/campaigns/$code" params={{ code: campaign.code }}>
                      {campaign.name}
                    </Link>
                  </h2>
                  <CampaignState state={campaign.state} />
                </div>
                <p className="soft small">{t(`campaign.form.${campaign.legalForm}`)}</p>
                <p>{campaign.summary}</p>
                <MoneyBars {...campaign} />
                <p className="soft small">
                  {campaign.goalFen !== null &&
                    `${t('campaign.goal', { goal: formatYuan(campaign.goalFen) })} · `}
                  {t('campaign.gifts', { many: wholeNumber(campaign.gifts) })} ·{' '}
                  {asOf(campaign.asOf)}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Listed>
      <RecordedGiving />
    </Page>
  );
}
