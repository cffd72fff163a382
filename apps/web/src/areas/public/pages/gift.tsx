import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routeQuery, useApi, useCall } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonLink,
  DateText,
  Facts,
  Money,
  Notice,
  Page,
  RefusalNotice,
  State,
  type Tone,
} from '../../../shared/ui/index.ts';
import { Fault } from '../parts/fault.tsx';
import { GiftPapers } from '../parts/gift-papers.tsx';
import { GiftReceipt } from '../parts/gift-receipt.tsx';
import { PathLink } from '../parts/path-link.tsx';
import { TraceView } from '../parts/trace-view.tsx';
import { WaitingPace } from '../parts/waiting-pace.tsx';

type GiftView = RouteOutput<typeof routes.donation.readGift>;

const POLL_MILLIS = 2_000;
const tones: Record<GiftView['state'], Tone> = {
  waiting: 'running',
  received: 'done',
  unknown: 'warned',
  failed: 'late',
};

/** The giver's own page: whether it came, its number, and where every fen went. */
export function GiftPage() {
  const { token } = useParams({ from: '/public/gifts/$token' });
  const query = useQuery({
    ...routeQuery(useApi(), routes.donation.readGift, { params: { token } }),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? POLL_MILLIS : false),
  });
  return <Fault query={query}>{(gift) => <GiftBody gift={gift} token={token} />}</Fault>;
}

function GiftBody({ gift, token }: { gift: GiftView; token: string }) {
  const { t } = useTranslation('public');
  return (
    <Page title={t('gift.title')} description={t('gift.description')}>
      <div role="status">
        <Notice tone={tones[gift.state]}>
          <p className="gift-state">
            <State tone={tones[gift.state]}>{t(`gift.state.${gift.state}`)}</State>
            <strong className="gift-amount">
              <Money fen={gift.amountFen} />
            </strong>
          </p>
          <p>{t(`gift.stateBody.${gift.state}`)}</p>
          <p>
            {t('gift.number')} <strong className="number">{gift.number}</strong>
          </p>
        </Notice>
      </div>
      {gift.state === 'waiting' && (
        <p>
          <ButtonLink kind="primary" to="/gifts/$token/pay" params={{ token }}>
            {t('gift.payOn')}
          </ButtonLink>
        </p>
      )}
      {gift.state === 'failed' ? (
        <p>
          <ButtonLink kind="primary" to="/wall">
            {t('gift.again')}
          </ButtonLink>
        </p>
      ) : (
        <Path gift={gift} />
      )}
      {gift.state === 'received' && (
        <>
          <GiftPapers token={token} />
          <GiftReceipt gift={gift} token={token} />
        </>
      )}
      <GiftFacts gift={gift} />
      {gift.remainderRule && (
        <section className="rule">
          <h2>{t('gift.rule')}</h2>
          <p>{gift.remainderRule}</p>
        </section>
      )}
      {gift.state !== 'failed' && <Keep token={token} kept={gift.kept} />}
      <section className="stack-tight" aria-labelledby="share">
        <h2 id="share">{t('gift.shareTitle')}</h2>
        <p>{t('gift.shareBody')}</p>
      </section>
    </Page>
  );
}

function GiftFacts({ gift }: { gift: GiftView }) {
  const { t } = useTranslation('public');
  const target = gift.targetLink ? (
    <PathLink to={gift.targetLink}>{gift.targetLabel}</PathLink>
  ) : (
    gift.targetLabel
  );
  const rows: [string, React.ReactNode][] = [
    [t('gift.target'), target],
    [t('gift.at'), <DateText at={gift.at} />],
    [t('gift.form'), t(`campaign.form.${gift.legalForm}`)],
    [t('gift.name'), gift.displayName],
    [t('gift.platform'), gift.platformName],
  ];
  if (gift.platformOrder) rows.push([t('gift.order'), gift.platformOrder]);
  return <Facts rows={rows} />;
}

function Path({ gift }: { gift: GiftView }) {
  const { t } = useTranslation('public');
  return (
    <section className="stack-tight" aria-labelledby="path">
      <h2 id="path">{t('gift.path')}</h2>
      {gift.trace ? (
        <>
          <TraceView
            trace={gift.trace}
            label={t('gift.pathOf', { amount: formatYuan(gift.amountFen) })}
          />
          <WaitingPace waits={gift.waits} />
        </>
      ) : (
        <p className="soft">{t('gift.pathNone')}</p>
      )}
    </section>
  );
}

/** Puts the gift into one's own list, so that a lost telephone does not lose it. */
function Keep({ token, kept }: { token: string; kept: boolean }) {
  const { t } = useTranslation('public');
  const { session } = useSession();
  const keep = useCall(routes.donation.keepGift);
  if (kept && !keep.done) return null;
  return (
    <section className="stack-tight" aria-labelledby="keep">
      <h2 id="keep">{t('gift.keep')}</h2>
      <p>{t('gift.keepBody')}</p>
      {keep.refusal && <RefusalNotice refusal={keep.refusal} />}
      {keep.done ? (
        <Notice tone="done">{t('gift.kept')}</Notice>
      ) : (
        <p>
          {holds(session, 'gift.own') ? (
            <Button
              busy={keep.busy}
              onPress={() => void keep.send({ params: { token } }).catch(() => undefined)}
            >
              {t('gift.keepDo')}
            </Button>
          ) : (
            <ButtonLink to="/my/sign-in" search={{ next: `/gifts/${token}` }}>
              {t('gift.keepSignIn')}
            </ButtonLink>
          )}
        </p>
      )}
    </section>
  );
}
