import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useRoute } from '../../../shared/api/query.ts';
import {
  ButtonLink,
  DateText,
  dateWords,
  Notice,
  Page,
  type Step,
  Steps,
} from '../../../shared/ui/index.ts';
import { ClaimForm } from '../parts/claim-form.tsx';
import { Fault } from '../parts/fault.tsx';
import { GiveForm } from '../parts/give-form.tsx';
import { HardshipNotice } from '../parts/hardship-notice.tsx';
import { OfferForm } from '../parts/offer-form.tsx';
import { Progress } from '../parts/progress.tsx';
import { placeOf, WishStateMark } from '../parts/wish-card.tsx';

type WishView = RouteOutput<typeof routes.need.wish>;

/** One wish: what it is, how far it is, three ways to help. */
export function WishPage() {
  const { needId } = useParams({ from: '/public/wishes/$needId' });
  const query = useRoute(routes.need.wish, { params: { needId } });
  return <Fault query={query}>{(wish) => <WishBody wish={wish} />}</Fault>;
}

function WishBody({ wish }: { wish: WishView }) {
  const { t } = useTranslation('public');
  const money = wish.itemId !== null && wish.targetFen > 0;
  return (
    <Page
      title={wish.title}
      description={t('wish.description', { place: placeOf(wish), text: wish.text })}
      aside={<WishStateMark state={wish.state} />}
      width="wide"
    >
      <div className="two-columns">
        <div className="stack">
          <p className="soft">{placeOf(wish)}</p>
          <p className="wish-full" lang="zh-CN">
            {wish.text}
          </p>
          {money && <Progress givenFen={wish.givenFen} targetFen={wish.targetFen} />}
          <Pictures wish={wish} />
          <HardshipNotice area={wish.area.name} money={money} />
        </div>
        <div className="stack" id="ways">
          <WaysToHelp wish={wish} money={money} />
        </div>
        <section className="stack-tight" aria-labelledby="steps">
          <h2 id="steps">{t('wish.steps')}</h2>
          <Steps label={t('wish.steps')} steps={useSteps(wish)} />
        </section>
      </div>
    </Page>
  );
}

function Pictures({ wish }: { wish: WishView }) {
  const { t } = useTranslation('public');
  return (
    <>
      {wish.pictureIds.map((attachmentId, place) => (
        <img
          key={attachmentId}
          className="wish-picture"
          loading="lazy"
          alt={t('wish.picture', { place: place + 1 })}
          src={addressOf(routes.attachment.readPublic, { params: { attachmentId } })}
        />
      ))}
      {wish.thanks && (
        <blockquote className="thanks">
          <strong>{t('wish.thanks')}</strong>
          <p lang="zh-CN">{wish.thanks}</p>
        </blockquote>
      )}
    </>
  );
}

function WaysToHelp({ wish, money }: { wish: WishView; money: boolean }) {
  const { t, i18n } = useTranslation('public');
  if (wish.state !== 'open')
    return (
      <Notice tone={wish.state === 'claimed' ? 'running' : 'done'}>
        <p>
          {wish.state === 'claimed' && wish.claimedUntil
            ? t('wish.claimedUntil', { until: dateWords(wish.claimedUntil, i18n.language) })
            : t('wish.notOpen')}
        </p>
        <p>
          <ButtonLink to="/wall">{t('wish.others')}</ButtonLink>
        </p>
      </Notice>
    );
  const kind = wish.ways.includes('goods') || wish.ways.includes('hours');
  return (
    <>
      {money && wish.itemId && (
        <section className="card way" id="give" aria-labelledby="give-title">
          <h2 id="give-title">{t('give.title')}</h2>
          <GiveForm
            target={{ kind: 'item', id: wish.itemId }}
            leftFen={Math.max(0, wish.targetFen - wish.givenFen)}
            remainderRule={wish.remainderRule}
          />
        </section>
      )}
      {kind && (
        <section className="card way" id="offer" aria-labelledby="offer-title">
          <h2 id="offer-title">{t('offer.title')}</h2>
          <OfferForm wish={wish} />
        </section>
      )}
      {money && (
        <section className="card way" id="claim" aria-labelledby="claim-title">
          <h2 id="claim-title">{t('claim.title')}</h2>
          <ClaimForm wish={wish} />
        </section>
      )}
    </>
  );
}

type Happened = WishView['steps'][number];
const stages = [
  ['verify', ['verified']],
  ['match', ['gift', 'claimed', 'complete']],
  ['carryOut', ['paid', 'delivered']],
  ['feedBack', ['confirmed']],
] as const;

/** The four steps of the loop, each with what happened in it. */
function useSteps(wish: WishView): Step[] {
  const { t } = useTranslation('public');
  const reached = {
    open: 1,
    claimed: 1,
    given: 2,
    under_way: 2,
    delivered: 3,
    closed: 4,
  }[wish.state];
  return stages.map(([stage, kinds], place) => {
    const happened = wish.steps.filter((one) => (kinds as readonly string[]).includes(one.step));
    return {
      key: stage,
      title: t(`loop.${stage}`),
      state: place < reached ? 'done' : place === reached ? 'now' : 'ahead',
      children: happened.length > 0 ? <StageEvents happened={happened} /> : null,
    };
  });
}

const eventWords = {
  verified: 'wish.stepVerified',
  gift: 'wish.stepGift',
  claimed: 'wish.stepClaimed',
  complete: 'wish.stepComplete',
  paid: 'wish.stepPaid',
  delivered: 'wish.stepDelivered',
  confirmed: 'wish.stepConfirmed',
} as const;

/** Gifts are many and small: they are one line with their sum; everything else has its own. */
function StageEvents({ happened }: { happened: readonly Happened[] }) {
  const { t } = useTranslation('public');
  const gifts = happened.filter((one) => one.step === 'gift');
  const others = happened.filter((one) => one.step !== 'gift');
  const sumFen = gifts.reduce((sum, gift) => sum + (gift.amountFen ?? 0), 0);
  const last = gifts.at(-1);
  return (
    <ul className="stage-events">
      {last && (
        <li>
          {gifts.length === 1
            ? `${t('wish.stepGift')} ${formatYuan(sumFen)}`
            : t('wish.stepGifts', { count: gifts.length, sum: formatYuan(sumFen) })}{' '}
          <span className="soft small">
            <DateText at={last.at} />
          </span>
        </li>
      )}
      {others.map((one) => (
        <li key={`${one.step}:${one.at}`}>
          {t(eventWords[one.step])} {one.amountFen !== null && formatYuan(one.amountFen)}{' '}
          <span className="soft small">
            <DateText at={one.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
