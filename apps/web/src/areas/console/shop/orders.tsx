import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  CodeField,
  DateText,
  Form,
  Page,
  say,
  Select,
  Skeleton,
  TextField,
} from '../../../shared/ui/index.ts';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';

type Order = RouteOutput<typeof routes.sale.orders>['items'][number];

/** Orders at one's stations, and handing one over by its code. */
export function ShopOrdersPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const list = usePages(routes.sale.orders, { query: { limit: 50 } });
  return (
    <Page title={t('shop.orders.title')} lead={t('shop.orders.lead')}>
      {holds(session, 'sale.act') && <HandOver />}
      <ListTable
        list={list}
        label={t('shop.orders.title')}
        columns={useColumns()}
        rowKey={(order) => order.id}
        empty={[t('shop.orders.empty'), t('shop.orders.emptyBody')]}
      />
    </Page>
  );
}

function HandOver() {
  const { t } = useTranslation('console');
  const stations = useRoute(routes.catalogue.stations).data?.items;
  const [chosen, setChosen] = useState('');
  const [pickUpCode, setPickUpCode] = useState('');
  const [note, setNote] = useState('');
  const hand = useSend(routes.sale.handOver);
  // Sent before they are there, it would say for no station.
  if (!stations) return <Skeleton />;
  const placeId = chosen || (stations[0]?.id ?? '');
  return (
    <section className="panel">
      <Form
        scope="hand"
        call={hand}
        onSend={() =>
          hand.run({ body: { placeId, pickUpCode, note } }, (order) => {
            say(t('shop.orders.handed', { number: order.number }));
            setPickUpCode('');
            setNote('');
          })
        }
      >
        <div className="field-row">
          <Select
            name="placeId"
            label={t('shop.orders.place')}
            value={placeId}
            onChange={setChosen}
            options={stations.map((one) => ({ value: one.id, label: one.name }))}
          />
          <CodeField
            name="pickUpCode"
            label={t('shop.orders.code')}
            value={pickUpCode}
            onChange={setPickUpCode}
          />
          <TextField
            name="note"
            label={t('shop.orders.note')}
            value={note}
            onChange={setNote}
            optional
          />
        </div>
        <Button type="submit" kind="primary" busy={hand.busy}>
          {t('shop.orders.hand')}
        </Button>
      </Form>
    </section>
  );
}

/** Columns of orders; on a telephone each order is a card. */
function useColumns(): Column<Order>[] {
  const { t } = useTranslation('console');
  return [
    {
      key: 'number',
      header: t('shop.orders.number'),
      cell: (order) => order.number,
      value: (order) => order.number,
    },
    {
      key: 'what',
      header: t('shop.orders.what'),
      cell: (order) => (
        <>
          {goodsOf(order)}
          {order.delivery?.state && (
            <p className="soft">
              {t(`shop.orders.bringing.${order.delivery.state}`, {
                name: order.delivery.carrierName ?? '',
              })}
            </p>
          )}
        </>
      ),
      value: goodsOf,
    },
    {
      key: 'place',
      header: t('shop.orders.place'),
      cell: (order) => order.placeName,
      value: (order) => order.placeName,
    },
    {
      key: 'kind',
      header: t('shop.orders.kind'),
      cell: (order) => t(`shop.orders.kinds.${order.kind}`),
    },
    {
      key: 'state',
      header: t('shop.orders.state'),
      cell: (order) => t(`shop.orders.states.${order.state}`),
      value: (order) => t(`shop.orders.states.${order.state}`),
    },
    {
      key: 'amount',
      header: t('shop.orders.amount'),
      numeric: true,
      cell: (order) => formatYuan(order.goodsFen),
      value: (order) => order.goodsFen,
    },
    {
      key: 'share',
      header: t('shop.orders.share'),
      numeric: true,
      cell: (order) => formatYuan(shareLeft(order)),
      value: shareLeft,
    },
    {
      key: 'at',
      header: t('shop.orders.at'),
      cell: (order) => <DateText at={order.placedAt} />,
      value: (order) => order.placedAt,
    },
  ];
}

const goodsOf = (order: Order) =>
  order.lines.map((line) => `${line.title} × ${line.quantity}`).join('、');

/** What merchants give of it, after what came back. */
const shareLeft = (order: Order) => order.shares.reduce((sum, one) => sum + one.shareFen, 0);
