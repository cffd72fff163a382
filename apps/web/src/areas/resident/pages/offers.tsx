import { routes, type RouteOutput } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useCall, usePages } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Listed,
  Button,
  ButtonLink,
  Card,
  dateWords,
  EmptyState,
  Page,
  RefusalNotice,
  State,
  type Tone,
} from '../../../shared/ui/index.ts';

type Offer = RouteOutput<typeof routes.resource.mine>['items'][number];

const tones: Record<Offer['state'], Tone> = {
  open: 'running',
  reserved: 'warned',
  delivered: 'done',
  expired: 'quiet',
  withdrawn: 'quiet',
};

/** What one offers: things and hours, and to whom they are promised. */
export function OffersPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnOffers />}</SessionGate>;
}

function OwnOffers() {
  const { t } = useTranslation('resident');
  const list = usePages(routes.resource.mine, { query: { limit: 30 } });
  return (
    <Page
      title={t('offers.title')}
      aside={
        <ButtonLink kind="primary" to="/my/offers/new">
          {t('offers.new')}
        </ButtonLink>
      }
    >
      <Listed list={list} empty={<EmptyState title={t('offers.none')} />}>
        {(items) => items.map((offer) => <OfferCard key={offer.id} offer={offer} />)}
      </Listed>
    </Page>
  );
}

function OfferCard({ offer }: { offer: Offer }) {
  const { t, i18n } = useTranslation('resident');
  const withdraw = useCall(routes.resource.withdraw);
  const quantity =
    offer.unit === 'minute'
      ? t('offers.quantityHours', { count: Math.round(offer.quantity / 6) / 10 })
      : t('offers.quantityPieces', { count: offer.quantity });
  const words = [
    quantity,
    offer.needNumber && t('offers.forNeed', { number: offer.needNumber }),
    offer.reservedUntil &&
      t('offers.keptUntil', { at: dateWords(offer.reservedUntil, i18n.language) }),
    offer.area?.name,
  ];
  return (
    <Card as="article">
      <div className="row-between">
        <h2>{offer.title}</h2>
        <State tone={tones[offer.state]}>{t(`offers.state.${offer.state}`)}</State>
      </div>
      <p className="soft">{words.filter(Boolean).join(' · ')}</p>
      {offer.note && <p>{offer.note}</p>}
      {withdraw.refusal && <RefusalNotice refusal={withdraw.refusal} />}
      {(offer.state === 'open' || offer.state === 'reserved') && (
        <p>
          <Button
            busy={withdraw.busy}
            onPress={() => void withdraw.send({ params: { offerId: offer.id } }).catch(() => null)}
          >
            {t('offers.withdraw')}
          </Button>
        </p>
      )}
    </Card>
  );
}
