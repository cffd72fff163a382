import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList, useCall, useRoute } from '../../../shared/api/query.ts';
import { ApiRefusal } from '../../../shared/api/refusal.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Listed,
  Button,
  ButtonLink,
  Card,
  DateText,
  EmptyState,
  Loaded,
  Money,
  Page,
  RefusalNotice,
  say,
  State,
  type Tone,
} from '../../../shared/ui/index.ts';

type Gift = RouteOutput<typeof routes.kindGift.mine>['items'][number];
type Path = RouteOutput<typeof routes.kindGift.myPath>;

const tones: Record<Gift['state'], Tone> = {
  offered: 'warned',
  valued: 'accent',
  received: 'done',
  declined: 'quiet',
  withdrawn: 'quiet',
};

/** One's own gifts in kind, each with the way to where its things went. */
export function KindGiftsPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnGifts />}</SessionGate>;
}

function OwnGifts() {
  const { t } = useTranslation('resident');
  const query = useList(routes.kindGift.mine);
  return (
    <Page
      title={t('kindGifts.title')}
      lead={<p>{t('kindGifts.lead')}</p>}
      aside={
        <ButtonLink kind="primary" to="/my/kind-gifts/new">
          {t('kindGifts.offer')}
        </ButtonLink>
      }
    >
      <Listed list={query} empty={<EmptyState title={t('kindGifts.none')} />}>
        {(items) => items.map((gift) => <GiftCard key={gift.id} gift={gift} />)}
      </Listed>
    </Page>
  );
}

const thingsOf = (gift: Gift) =>
  gift.lines
    .map((line) => `${line.title} ${line.received ?? line.quantity} ${line.unit}`)
    .join('、');

function GiftCard({ gift }: { gift: Gift }) {
  const { t } = useTranslation('resident');
  return (
    <Card as="article">
      <div className="row-between">
        <h2>{thingsOf(gift)}</h2>
        <State tone={tones[gift.state]}>{t(`kindGifts.states.${gift.state}`)}</State>
      </div>
      <p className="soft small">
        {gift.number} · <DateText at={gift.offeredAt} />
        {gift.confirmationNumber &&
          ` · ${t('kindGifts.confirmation', { number: gift.confirmationNumber })}`}
      </p>
      <p>
        <Link to="/my/kind-gifts/$giftId" params={{ giftId: gift.id }}>
          {t('kindGifts.see')}
        </Link>
      </p>
    </Card>
  );
}

/** Where the things of one gift went, told in sentences. */
export function KindGiftPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OneGift />}</SessionGate>;
}

function OneGift() {
  const { t } = useTranslation('resident');
  const { giftId } = useParams({ from: '/my/kind-gifts/$giftId' });
  const query = useRoute(routes.kindGift.myPath, { params: { giftId } });
  return (
    <Page title={query.data ? thingsOf(query.data.gift) : t('kindGifts.title')}>
      <Loaded query={query}>{(path) => <Told path={path} />}</Loaded>
    </Page>
  );
}

function Told({ path }: { path: Path }) {
  const { t } = useTranslation('resident');
  const { gift } = path;
  return (
    <>
      <Card>
        <div className="row-between">
          <strong>{gift.number}</strong>
          <State tone={tones[gift.state]}>{t(`kindGifts.states.${gift.state}`)}</State>
        </div>
        {gift.confirmationNumber && (
          <p>{t('kindGifts.confirmation', { number: gift.confirmationNumber })}</p>
        )}
        {gift.valueFen !== null && (
          <p>
            {t('kindGifts.value')} <Money fen={gift.valueFen} />
          </p>
        )}
        <Withdraw gift={gift} />
      </Card>
      <Card as="section">
        <h2>{t('kindGifts.path')}</h2>
        {path.sentences.length === 0 ? (
          <p>{t('kindGifts.pathNone')}</p>
        ) : (
          <ol>
            {path.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ol>
        )}
        <SoldAt path={path} />
      </Card>
    </>
  );
}

/** The charity sales her things were sold at, and where their money is. */
function SoldAt({ path }: { path: Path }) {
  const { t } = useTranslation('resident');
  const sales = new Map(path.steps.flatMap(({ sold }) => (sold ? [[sold.saleNumber, sold]] : [])));
  return [...sales].map(([number, sold]) => (
    <p key={number}>
      <Link to="/charity-sales/$number" params={{ number }}>
        {t('kindGifts.soldAt', { name: sold.saleName })}
      </Link>{' '}
      {sold.targetLink && (
        <Link to={sold.targetLink}>{t('kindGifts.soldFor', { target: sold.targetName })}</Link>
      )}
    </p>
  ));
}

function Withdraw({ gift }: { gift: Gift }) {
  const { t } = useTranslation('resident');
  const call = useCall(routes.kindGift.withdraw);
  if (gift.state !== 'offered' && gift.state !== 'valued') return null;
  async function withdraw() {
    try {
      await call.send({ params: { giftId: gift.id } });
      say(t('kindGifts.withdrawn'));
    } catch (thrown) {
      if (!(thrown instanceof ApiRefusal)) throw thrown;
    }
  }
  return (
    <>
      {call.refusal && <RefusalNotice refusal={call.refusal} />}
      <Button kind="quiet" busy={call.busy} onPress={() => void withdraw()}>
        {t('kindGifts.withdraw')}
      </Button>
    </>
  );
}
