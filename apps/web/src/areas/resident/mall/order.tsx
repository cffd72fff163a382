import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Button,
  Card,
  DateText,
  dateWords,
  Dialog,
  Facts,
  Form,
  Loaded,
  newFormId,
  Page,
  RefusalNotice,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { orderTones } from './orders.tsx';
import { Count } from './product.tsx';
import './mall.css';
import { SellerPay } from '../parts/seller-pay.tsx';

type Order = RouteOutput<typeof routes.sale.one>;

/** One's own order: what to do now, what it is, and where its 2 % went. */
export function OrderPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OneOrder />}</SessionGate>;
}

function OneOrder() {
  const { orderId } = useParams({ from: '/mall/orders/$orderId' });
  const { t } = useTranslation('mall');
  const query = useRoute(routes.sale.one, { params: { orderId } });
  return (
    <Page title={query.data?.merchantNames.join('、') ?? t('orders')}>
      <Loaded query={query} lines={8}>
        {(order) => (
          <>
            <State tone={orderTones[order.state]}>{t(`states.${order.state}`)}</State>
            <Next order={order} />
            <Lines order={order} />
            <Trace order={order} />
            <OrderFacts order={order} />
            <Undo order={order} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** What waits: the payment, or the code to fetch it with. */
function Next({ order }: { order: Order }) {
  const { t, i18n } = useTranslation('mall');
  if (order.state === 'waiting')
    return (
      <Card as="section">
        <p>{order.shareWords}</p>
        <p>{t('payTo', { name: order.merchantNames.join('、') })}</p>
        {order.payUntil && (
          <p className="soft">
            {t('payUntil', { time: dateWords(order.payUntil, i18n.language) })}
          </p>
        )}
        <Pay order={order} />
      </Card>
    );
  if (!order.pickUpCode) return <Bringing order={order} />;
  return (
    <Card as="section" raised>
      <h2>{t('code')}</h2>
      <p className="mall-code">{order.pickUpCode}</p>
      <p>
        {order.kind === 'delivery' ? t('codeDelivery') : t('codeHint', { place: order.placeName })}
      </p>
      <Bringing order={order} />
    </Card>
  );
}

/** Pays into the seller's number; the sandbox pays at once. */
function Pay({ order }: { order: Order }) {
  const { t } = useTranslation('mall');
  const sandbox = useCall(routes.sale.payInSandbox);
  const begin = useCall(routes.sale.pay);
  const params = { orderId: order.id };
  const amountFen = order.moneyFen ?? order.goodsFen;
  if (order.payments.some((one) => one.means === 'wechat'))
    return (
      <SellerPay
        amountFen={amountFen}
        begin={(body) => begin.send({ params, body })}
        busy={begin.busy}
        refusal={begin.refusal}
      />
    );
  return (
    <>
      {sandbox.refusal && <RefusalNotice refusal={sandbox.refusal} />}
      <Button
        kind="primary"
        wide
        busy={sandbox.busy}
        onPress={() => void sandbox.send({ params }).catch(() => undefined)}
      >
        {t('pay', { amount: formatYuan(amountFen) })}
      </Button>
    </>
  );
}

/** Who brings it, and how far it is. */
function Bringing({ order }: { order: Order }) {
  const { t } = useTranslation('mall');
  const { delivery } = order;
  if (!delivery?.state) return null;
  return (
    <p>
      <State tone={delivery.state === 'delivered' ? 'done' : 'running'}>
        {t(`bringing.${delivery.state}`, { name: delivery.carrierName ?? '' })}
      </State>
    </p>
  );
}

function Lines({ order }: { order: Order }) {
  const { t } = useTranslation('mall');
  return (
    <Card as="section">
      {order.lines.map((line) => (
        <p className="row-between" key={line.id}>
          <span>{t('line', line)}</span>
          <span className="number">{formatYuan(line.amountFen)}</span>
        </p>
      ))}
      <p className="row-between mall-total">
        <span>{t('total')}</span>
        <strong className="number">{formatYuan(order.goodsFen)}</strong>
      </p>
      <Parts order={order} />
      {order.refunds.map((one) => (
        <p className="soft" key={one.number}>
          {t('refundWords', { ...one, amount: formatYuan(one.amountFen) })}
        </p>
      ))}
    </Card>
  );
}

/** Each part it is paid with, where vouchers are among them. */
function Parts({ order }: { order: Order }) {
  const { t } = useTranslation('mall');
  if (!order.voucherFen) return null;
  return (
    <>
      {order.payments.map((one, index) => (
        <p className="row-between" key={index}>
          <span>
            {one.label ?? t('means.money')}
            {one.refundedFen > 0 && (
              <span className="soft">
                {' '}
                {t('refunded', { amount: formatYuan(one.refundedFen) })}
              </span>
            )}
          </span>
          <span className="number">{formatYuan(one.amountFen)}</span>
        </p>
      ))}
    </>
  );
}

/** The way of each merchant's share. */
function Trace({ order }: { order: Order }) {
  const { t, i18n } = useTranslation('mall');
  if (order.state === 'cancelled') return null;
  return (
    <section aria-labelledby="trace">
      <h2 id="trace">{t('trace')}</h2>
      {order.shares.map((one) => (
        <p key={one.merchantName} className="mall-share">
          {t(one.charity ? `charityStates.${one.state}` : `traceStates.${one.state}`, {
            merchant: one.merchantName,
            amount: formatYuan(one.shareFen),
            fund: one.fundName ?? '',
            date: one.givenOn ? dateWords(one.givenOn, i18n.language, false) : '',
          })}{' '}
          {one.charity && (
            <Link to="/charity-sales/$number" params={{ number: one.charity.number }}>
              {t('charityPage')}
            </Link>
          )}{' '}
          {one.fundCode && (
            <Link to="/funds/$code" params={{ code: one.fundCode }}>
              {t('traceFund')}
            </Link>
          )}
          {one.voucherShareFen ? (
            <span className="soft">
              {' '}
              {t('shareApart', { amount: formatYuan(one.voucherShareFen) })}
            </span>
          ) : null}
        </p>
      ))}
    </section>
  );
}

function OrderFacts({ order }: { order: Order }) {
  const { t } = useTranslation('mall');
  return (
    <Facts
      rows={[
        [t('number'), order.number],
        [t('placed'), <DateText at={order.placedAt} />],
        [t('place'), `${order.placeName} · ${order.area.name}`],
        ...(order.delivery?.address ? [[t('address'), order.delivery.address] as const] : []),
        ...(order.pickUpNote ? [[t('pickUpNote'), order.pickUpNote] as const] : []),
      ]}
    />
  );
}

/** Cancelling, and giving some of it back, while nobody fetched it. */
function Undo({ order }: { order: Order }) {
  const { t } = useTranslation('mall');
  const [asking, setAsking] = useState<'cancel' | 'give_back'>();
  const cancel = useCall(routes.sale.cancel);
  const isPaid = order.state === 'paid' || order.state === 'ready';
  if (order.state !== 'waiting' && !isPaid) return null;
  return (
    <p className="row">
      <Button onPress={() => setAsking('cancel')}>{t(isPaid ? 'cancelPaid' : 'cancel')}</Button>
      {isPaid && <Button onPress={() => setAsking('give_back')}>{t('giveBack')}</Button>}
      <Dialog
        title={t('cancelAsk')}
        open={asking === 'cancel'}
        onClose={() => setAsking(undefined)}
      >
        {cancel.refusal && <RefusalNotice refusal={cancel.refusal} />}
        <p className="form-actions">
          <Button
            kind="primary"
            busy={cancel.busy}
            onPress={() =>
              void cancel
                .send({ params: { orderId: order.id } })
                .then(() => setAsking(undefined))
                .catch(() => undefined)
            }
          >
            {t(isPaid ? 'cancelPaid' : 'cancel')}
          </Button>
          <Button onPress={() => setAsking(undefined)}>{t('keep')}</Button>
        </p>
      </Dialog>
      {asking === 'give_back' && <GiveBack order={order} onClose={() => setAsking(undefined)} />}
    </p>
  );
}

function GiveBack({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation('mall');
  const open = order.lines.filter((line) => line.quantity > line.refundedQuantity);
  const [lineId, setLineId] = useState(open[0]?.id ?? '');
  const [quantity, setQuantity] = useState(1);
  const [reason, setReason] = useState('');
  const [key] = useState(newFormId);
  const back = useCall(routes.sale.giveBack);
  const send = () =>
    void back
      .send({ params: { orderId: order.id }, body: { key, lines: [{ lineId, quantity }], reason } })
      .then(onClose)
      .catch(() => undefined);
  return (
    <Dialog title={t('giveBack')} open onClose={onClose}>
      <Form onSend={send} call={back}>
        <div className="stack-tight">
          {open.map((line) => (
            <Button key={line.id} pressed={line.id === lineId} onPress={() => setLineId(line.id)}>
              {line.title}
            </Button>
          ))}
        </div>
        <Count value={quantity} onChange={setQuantity} label={t('giveBack')} />
        <TextField name="reason" label={t('giveBackReason')} value={reason} onChange={setReason} />
        <Button type="submit" kind="primary" busy={back.busy}>
          {t('giveBackSend')}
        </Button>
      </Form>
    </Dialog>
  );
}
