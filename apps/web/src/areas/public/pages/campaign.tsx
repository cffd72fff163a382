import { routes, type RouteOutput } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { dateWords, Facts, Notice, Page, State, withDates } from '../../../shared/ui/index.ts';
import { CampaignMatching } from '../parts/campaign-matching.tsx';
import { CampaignNews } from '../parts/campaign-news.tsx';
import { PauseNotice, usePause } from '../parts/campaign-pause.tsx';
import { CampaignPledges } from '../parts/campaign-pledges.tsx';
import { CampaignState } from '../parts/campaign-state.tsx';
import { SubjectDisclosures } from '../parts/duty-calendar.tsx';
import { Fault } from '../parts/fault.tsx';
import { GiveForm } from '../parts/give-form.tsx';
import { GiversTable } from '../parts/givers-table.tsx';
import { MoneyBars } from '../parts/money-bars.tsx';
import { Progress } from '../parts/progress.tsx';
import { RecordedGiving } from '../parts/recorded-giving.tsx';
import { ReportLink } from '../parts/report-link.tsx';
import { useAsOf, useFederation, wholeNumber } from '../parts/words.ts';

type CampaignView = RouteOutput<typeof routes.donation.campaign>;

/** One campaign: what the law wants shown first, then plan, money, items, gifts. */
export function CampaignPage() {
  const { code } = useParams({ from: '/public/campaigns/$code' });
  const query = useRoute(routes.donation.campaign, { params: { code } });
  return <Fault query={query}>{(view) => <CampaignBody view={view} />}</Fault>;
}

function CampaignBody({ view }: { view: CampaignView }) {
  const { t } = useTranslation('public');
  const { campaign } = view;
  const pause = usePause(campaign.code);
  return (
    <Page
      title={campaign.name}
      description={campaign.summary}
      lead={campaign.summary}
      aside={<CampaignState state={campaign.state} />}
      width="wide"
    >
      {pause && <PauseNotice pause={pause} />}
      <LegalHeader campaign={campaign} />
      {campaign.state === 'closed' && (
        <p>
          <Link to="/campaigns/$code/result" params={{ code: campaign.code }}>
            {t('result.see')}
          </Link>
        </p>
      )}
      <div className="two-columns">
        <div className="stack">
          <MoneyOf campaign={campaign} />
          <CampaignMatching code={campaign.code} />
          <CampaignPledges code={campaign.code} takesGifts={campaign.state === 'open' && !pause} />
        </div>
        <section className="card way" id="give" aria-labelledby="give-title">
          <h2 id="give-title">{t('give.title')}</h2>
          {campaign.state === 'open' && !pause ? (
            <GiveForm
              target={{ kind: 'campaign', id: campaign.id }}
              leftFen={null}
              remainderRule={campaign.remainderRule}
            />
          ) : (
            <Notice>{t('campaign.closed')}</Notice>
          )}
        </section>
        <div className="stack">
          <Plan view={view} />
        </div>
      </div>
      <CampaignNews code={campaign.code} />
      <Items view={view} />
      <Recent view={view} />
      <RecordedGiving campaignCode={campaign.code} />
      <SubjectDisclosures code={campaign.code} />
      <ReportLink subject={{ kind: 'campaign', code: campaign.code }} />
    </Page>
  );
}

/** The same block at the head of every campaign: form, charity, filing, platform, contact, complaint. */
function LegalHeader({ campaign }: { campaign: CampaignView['campaign'] }) {
  const { t, i18n } = useTranslation('public');
  const federation = useFederation();
  const missing = t('campaign.missing');
  const day = (at: string) => dateWords(at, i18n.language, false);
  return (
    <section className="legal" aria-labelledby="legal">
      <h2 id="legal">{t('campaign.header')}</h2>
      <p>
        <strong>{t(`campaign.form.${campaign.legalForm}`)}</strong> {campaign.formSentence}
      </p>
      <Facts
        rows={[
          [t('campaign.charity'), federation],
          [t('campaign.certificate'), campaign.certificateNumber ?? missing],
          [t('campaign.filing'), campaign.filingNumber ?? missing],
          [t('campaign.platform'), campaign.platformName ?? missing],
          [
            t('campaign.period'),
            t('campaign.periodText', { from: day(campaign.opensOn), to: day(campaign.closesOn) }),
          ],
          [t('campaign.contact'), campaign.contact],
          [t('campaign.query'), t('campaign.queryText', { federation })],
        ]}
      />
    </section>
  );
}

function MoneyOf({ campaign }: { campaign: CampaignView['campaign'] }) {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  return (
    <section className="stack-tight" aria-labelledby="money">
      <h2 id="money">{t('campaign.money')}</h2>
      <MoneyBars {...campaign} />
      {campaign.goalFen !== null && (
        <Progress givenFen={campaign.inFen} targetFen={campaign.goalFen} />
      )}
      <p className="soft small">
        {t('campaign.gifts', { many: wholeNumber(campaign.gifts) })} · {asOf(campaign.asOf)}
      </p>
    </section>
  );
}

function Plan({ view }: { view: CampaignView }) {
  const { t, i18n } = useTranslation('public');
  const { campaign } = view;
  return (
    <>
      <section className="stack-tight" aria-labelledby="plan">
        <h2 id="plan">{t('campaign.plan')}</h2>
        <dl className="plan">
          {(['purpose', 'beneficiaries', 'useOfMoney', 'costs'] as const).map((part) => (
            <div key={part}>
              <dt>{t(`campaign.${part}`)}</dt>
              <dd>{view[part]}</dd>
            </div>
          ))}
          <div>
            <dt>{t('campaign.remainder')}</dt>
            <dd>{campaign.remainderRule}</dd>
          </div>
        </dl>
      </section>
      <section className="stack-tight" aria-labelledby="ticks">
        <h2 id="ticks">{t('campaign.ticks')}</h2>
        <ul className="ticks">
          {campaign.ticks.map(({ tick, done, detail }) => (
            <li key={tick}>
              <State tone={done ? 'done' : 'quiet'}>
                {t(done ? 'campaign.tickDone' : 'campaign.tickOpen')}
              </State>
              <span>
                {t(`campaign.tick.${tick}`)}
                {detail && <small className="soft"> {withDates(detail, i18n.language)}</small>}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Items({ view }: { view: CampaignView }) {
  const { t } = useTranslation('public');
  if (view.items.length === 0) return null;
  return (
    <section className="stack-tight" aria-labelledby="items">
      <h2 id="items">{t('campaign.items')}</h2>
      <ul className="item-list">
        {view.items.map((item) => (
          <li key={item.itemId}>
            {item.needId ? (
              <Link to="/wishes/$needId" params={{ needId: item.needId }}>
                {item.title}
              </Link>
            ) : (
              <strong>{item.title}</strong>
            )}
            <Progress givenFen={item.givenFen} targetFen={item.targetFen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recent({ view }: { view: CampaignView }) {
  const { t } = useTranslation('public');
  return (
    <section className="stack-tight" aria-labelledby="recent">
      <h2 id="recent">{t('campaign.recent')}</h2>
      {view.recentGifts.length === 0 ? (
        <p className="soft">{t('campaign.recentNone')}</p>
      ) : (
        <GiversTable gifts={view.recentGifts} />
      )}
    </section>
  );
}
