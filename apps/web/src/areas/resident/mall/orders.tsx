import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Listed,
  ButtonLink,
  Card,
  DateText,
  EmptyState,
  Page,
  State,
  type Tone,
} from '../../../shared/ui/index.ts';
import './mall.css';

type Order = RouteOutput<typeof routes.sale.one>;

export const orderTones: Record<Order['state'], Tone> = {
  waiting: 'running',
  paid: 'running',
  ready: 'running',
  collected: 'done',
  cancelled: 'quiet',
  refunded: 'quiet',
};

/** One's own orders, newest first. */
export function OrdersPage() {
  return <SessionGate signIn="/my/sign-in">{() => <Orders />}</SessionGate>;
}

function Orders() {
  const { t } = useTranslation('mall');
  const list = usePages(routes.sale.mine, { query: { limit: 20 } });
  return (
    <Page title={t('orders')}>
      <Listed
        list={list}
        empty={
          <EmptyState title={t('ordersNone')}>
            <p>{t('ordersNoneBody')}</p>
            <ButtonLink kind="primary" to="/mall">
              {t('toMall')}
            </ButtonLink>
          </EmptyState>
        }
      >
        {(items) => items.map((order) => <OrderCard key={order.id} order={order} />)}
      </Listed>
    </Page>
  );
}

function OrderCard({ order }: { order: Order }) {
  const { t } = useTranslation('mall');
  return (
    <Card as="article" link>
      <div className="row-between">
        <h2>
          <Link to="/mall/orders/$orderId" params={{ orderId: order.id }}>
            {order.merchantNames.join('、')}
          </Link>
        </h2>
        <State tone={orderTones[order.state]}>{t(`states.${order.state}`)}</State>
      </div>
      <p>{order.lines.map((line) => line.title).join('、')}</p>
      <p className="row-between">
        <span className="number">{formatYuan(order.goodsFen)}</span>
        <DateText at={order.placedAt} />
      </p>
    </Card>
  );
}
