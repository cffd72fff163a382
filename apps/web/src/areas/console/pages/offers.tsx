import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { DateText, Page, State, type Tone } from '../../../shared/ui/index.ts';
import { ListTable } from '../parts/list-table.tsx';

type Offer = RouteOutput<typeof routes.resource.list>['items'][number];

const tones: Record<Offer['state'], Tone> = {
  open: 'running',
  reserved: 'warned',
  delivered: 'done',
  expired: 'quiet',
  withdrawn: 'quiet',
};

/** What neighbours, shops and volunteers offer in one's area. */
export function OffersPage() {
  const { t } = useTranslation('console');
  const offers = usePages(routes.resource.list, { query: { limit: 200 } });
  return (
    <Page title={t('offers.title')} lead={t('offers.lead')} width="wide">
      <ListTable
        label={t('offers.list')}
        list={offers}
        columns={useOfferColumns()}
        rowKey={(offer) => offer.id}
        empty={[t('offers.emptyTitle'), t('offers.emptyBody')]}
      />
    </Page>
  );
}

function useOfferColumns(): Column<Offer>[] {
  const { t } = useTranslation('console');
  return [
    {
      key: 'title',
      header: t('offers.what'),
      value: (offer) => offer.title,
      cell: (offer) => offer.title,
    },
    {
      key: 'quantity',
      header: t('offers.quantity'),
      numeric: true,
      value: (offer) => offer.quantity,
      cell: (offer) =>
        t(offer.unit === 'piece' ? 'need.unit.pieces' : 'need.unit.minutes', {
          count: offer.quantity,
        }),
    },
    {
      key: 'by',
      header: t('offers.by'),
      value: (offer) => offer.byName,
      cell: (offer) => offer.byName,
    },
    {
      key: 'area',
      header: t('offers.area'),
      value: (offer) => offer.area?.name ?? '',
      cell: (offer) => offer.area?.name ?? t('offers.anywhere'),
    },
    {
      key: 'until',
      header: t('offers.until'),
      value: (offer) => offer.expiresOn,
      cell: (offer) => offer.expiresOn && <DateText at={offer.expiresOn} />,
    },
    {
      key: 'state',
      header: t('offers.state'),
      value: (offer) => t(`codes.offerState.${offer.state}`),
      cell: (offer) => (
        <State tone={tones[offer.state]}>{t(`codes.offerState.${offer.state}`)}</State>
      ),
    },
    {
      key: 'need',
      header: t('offers.need'),
      value: (offer) => offer.needNumber,
      cell: (offer) =>
        offer.needId && (
          <Link to="/desk/needs/$needId" params={{ needId: offer.needId }} className="number">
            {offer.needNumber}
          </Link>
        ),
    },
  ];
}
