import { needKinds, type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Listed, dateWords, RadioGroup } from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { MoveFrame } from './move-frame.tsx';
import { commonFields, type MoveProps, useMove } from './use-move.ts';

type Offer = RouteOutput<typeof routes.resource.list>['items'][number];
const ways = ['item', 'offer', 'fund'] as const;
const empty = { ...commonFields, way: '' as '' | (typeof ways)[number], offerId: '' };

/** Joins the need with what meets it: money through the campaign, an offer, or a fund. */
export function MatchMove(props: MoveProps) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const form = useMove(props, empty);
  const { way, offerId } = form.value;
  const isWish = needKinds[props.need.kind].publicWall;
  const offered = ways.filter((one) => one !== 'item' || isWish);
  const labels = {
    item: t('need.field.wayItem'),
    offer: t('need.field.wayOffer'),
    fund: t('need.field.wayFund'),
  };
  function send() {
    const fine = form.checks.pass({
      way: way === '' && t('need.field.way'),
      offerId: way === 'offer' && offerId === '' && t('need.field.needOffer'),
    });
    if (fine && way !== '')
      form.submit({
        move: 'match',
        ...form.common(),
        way,
        offerId: way === 'offer' ? offerId : null,
      });
  }
  return (
    <MoveFrame {...props} form={form} onSend={send}>
      <RadioGroup
        name="way"
        label={t('need.field.way')}
        value={way}
        onChange={(picked) => form.update({ way: oneOf(ways, picked) ?? '' })}
        options={offered.map((one) => ({ value: one, label: labels[one] }))}
      />
      {way === 'offer' && holds(session, 'offer.read') && (
        <Offers
          needId={props.need.id}
          value={offerId}
          onChange={(picked) => form.update({ offerId: picked })}
        />
      )}
    </MoveFrame>
  );
}

interface OffersProps {
  needId: string;
  value: string;
  onChange: (offerId: string) => void;
}

/** Offers that fit, best first, each with its reasons. */
function Offers({ needId, value, onChange }: OffersProps) {
  const { t, i18n } = useTranslation('console');
  const offers = useList(routes.resource.list, {
    query: { needId, state: 'open', limit: 20 },
  });
  const detail = (offer: Offer) =>
    [
      t(offer.unit === 'piece' ? 'need.unit.pieces' : 'need.unit.minutes', {
        count: offer.quantity,
      }),
      t('need.field.offerBy', { name: offer.byName }),
      offer.area?.name,
      offer.expiresOn &&
        t('need.field.offerUntil', { at: dateWords(offer.expiresOn, i18n.language, false) }),
      ...offer.reasons,
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <Listed list={offers} lines={3} empty={<p className="soft">{t('need.field.offersEmpty')}</p>}>
      {(items) => (
        <RadioGroup
          name="offerId"
          label={t('need.field.offers')}
          value={value}
          onChange={onChange}
          options={items.map((offer) => ({
            value: offer.id,
            label: offer.title,
            hint: detail(offer),
          }))}
        />
      )}
    </Listed>
  );
}
