import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, Facts, Loaded, Money, Page, State } from '../../../shared/ui/index.ts';
import { NewsForm } from '../campaign/news-form.tsx';
import { RemainderForm } from '../campaign/remainder-form.tsx';
import { OpenCampaign, Tick } from '../parts/campaign-ticks.tsx';
import { campaignTones } from '../parts/codes.ts';

type Whole = RouteOutput<typeof routes.donation.campaign>;

/** One campaign: its plan, the four requirements, and the button that opens it. */
export function CampaignPage() {
  const { t } = useTranslation('console');
  const { code } = useParams({ from: '/desk/campaigns/$code' });
  const query = useRoute(routes.donation.campaign, { params: { code } });
  const campaign = query.data?.campaign;
  return (
    <Page
      title={campaign?.name ?? t('campaigns.title')}
      lead={campaign?.formSentence}
      width="wide"
      aside={
        campaign && (
          <State tone={campaignTones[campaign.state]}>
            {t(`codes.campaign.${campaign.state}`)}
          </State>
        )
      }
    >
      <Loaded query={query} lines={8}>
        {(whole) => <Sheet whole={whole} />}
      </Loaded>
    </Page>
  );
}

function Sheet({ whole }: { whole: Whole }) {
  const { t } = useTranslation('console');
  const { campaign } = whole;
  return (
    <div className="two-columns">
      <section className="panel">
        <Facts
          rows={[
            [t('campaigns.form'), t(`codes.legalForm.${campaign.legalForm}`)],
            [
              t('campaigns.period'),
              <>
                <DateText at={campaign.opensOn} /> – <DateText at={campaign.closesOn} />
              </>,
            ],
            ...(campaign.goalFen === null
              ? []
              : [[t('campaigns.goal'), <Money fen={campaign.goalFen} />] as const]),
            [t('campaigns.in'), <Money fen={campaign.inFen} />],
            [t('campaigns.gifts'), t('campaigns.giftsUnit', { count: campaign.gifts })],
            [t('campaigns.summary'), <span className="pre">{campaign.summary}</span>],
            [t('campaigns.purpose'), <span className="pre">{whole.purpose}</span>],
            [t('campaigns.beneficiaries'), <span className="pre">{whole.beneficiaries}</span>],
            [t('campaigns.useOfMoney'), <span className="pre">{whole.useOfMoney}</span>],
            [t('campaigns.costs'), <span className="pre">{whole.costs}</span>],
            [t('campaigns.remainder'), <span className="pre">{campaign.remainderRule}</span>],
            [t('campaigns.contact'), campaign.contact],
          ]}
        />
        {campaign.state !== 'draft' && (
          <p>
            <Link to="/campaigns/$code" params={{ code: campaign.code }}>
              {t('campaigns.public')}
            </Link>
          </p>
        )}
      </section>
      <section className="panel">
        <h2>{t('campaigns.ticks')}</h2>
        <p className="soft">{t('campaigns.ticksLead')}</p>
        <ul className="stack">
          {campaign.ticks.map((tick) => (
            <Tick key={tick.tick} campaignId={campaign.id} tick={tick} />
          ))}
        </ul>
        <OpenCampaign campaign={campaign} />
      </section>
      {(campaign.state === 'open' || campaign.state === 'closed') && (
        <NewsForm campaign={campaign} />
      )}
      {campaign.state === 'closed' && <RemainderForm campaign={campaign} />}
    </div>
  );
}
