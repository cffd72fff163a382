import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Button,
  DateText,
  EmptyState,
  Form,
  Page,
  say,
  Select,
  Skeleton,
  TextField,
} from '../../../shared/ui/index.ts';
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
      <Listed
        list={list}
        empty={
          <EmptyState title={t('shop.orders.empty')}>
            <p>{t('shop.orders.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => <OrderTable items={items} />}
      </Listed>
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
          <TextField
            name="pickUpCode"
            label={t('shop.orders.code')}
            inputMode="numeric"
            maxLength={6}
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

function OrderTable({ items }: { items: readonly Order[] }) {
  const { t } = useTranslation('console');
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('shop.orders.title')}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('shop.orders.number')}</th>
            <th>{t('shop.orders.what')}</th>
            <th>{t('shop.orders.place')}</th>
            <th>{t('shop.orders.kind')}</th>
            <th>{t('shop.orders.state')}</th>
            <th className="number">{t('shop.orders.amount')}</th>
            <th className="number">{t('shop.orders.share')}</th>
            <th>{t('shop.orders.at')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((order) => (
            <tr key={order.id}>
              <td>{order.number}</td>
              <td>
                {order.lines.map((line) => `${line.title} × ${line.quantity}`).join('、')}
                {order.delivery?.state && (
                  <p className="soft">
                    {t(`shop.orders.bringing.${order.delivery.state}`, {
                      name: order.delivery.carrierName ?? '',
                    })}
                  </p>
                )}
              </td>
              <td>{order.placeName}</td>
              <td>{t(`shop.orders.kinds.${order.kind}`)}</td>
              <td>{t(`shop.orders.states.${order.state}`)}</td>
              <td className="number">{formatYuan(order.goodsFen)}</td>
              <td className="number">{formatYuan(order.shareFen)}</td>
              <td>
                <DateText at={order.placedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
