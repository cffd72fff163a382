import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { ApiRefusal } from '../../../shared/api/refusal.ts';
import { useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonLink,
  Card,
  EmptyState,
  Form,
  newFormId,
  Page,
  RadioGroup,
  RefusalNotice,
  Skeleton,
  TextField,
} from '../../../shared/ui/index.ts';
import { useCart } from './cart-store.ts';
import { Count } from './product.tsx';
import { MallLinks, StationSelect } from './shelf.tsx';
import './mall.css';

type Priced = RouteOutput<typeof routes.sale.price>;
type Cart = ReturnType<typeof useCart>;

/** The cart: today's prices, what each merchant gives, how it is fetched, and the order. */
export function CartPage() {
  const { t } = useTranslation('mall');
  const cart = useCart();
  if (cart.lines.length === 0)
    return (
      <Page title={t('cart')}>
        <EmptyState title={t('cartEmpty')}>
          <p>{t('cartEmptyBody')}</p>
          <ButtonLink kind="primary" to="/mall">
            {t('toMall')}
          </ButtonLink>
        </EmptyState>
      </Page>
    );
  return (
    <Page title={t('cart')}>
      <MallLinks count={cart.lines.length} />
      <StationSelect value={cart.placeId} onChange={cart.choosePlace} />
      {cart.placeId === '' ? <p>{t('noStation')}</p> : <PricedCart cart={cart} />}
    </Page>
  );
}

function PricedCart({ cart }: { cart: Cart }) {
  const { send, done, refusal } = useCall(routes.sale.price);
  const lines = cart.lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
  const asked = JSON.stringify({ placeId: cart.placeId, lines });
  useEffect(() => {
    // A refusal is shown below; the next change asks again.
    send({ body: { placeId: cart.placeId, lines } }).then(
      (priced) =>
        cart.setShown(
          new Map(
            priced.parts.flatMap((part) =>
              part.lines.map((line) => [line.variantId, line.priceFen] as const),
            ),
          ),
        ),
      () => undefined,
    );
  }, [asked]);
  return (
    <>
      {refusal && <RefusalNotice refusal={refusal} />}
      {(refusal || done === undefined) &&
        cart.lines.map((line) => <BareLine key={line.variantId} cart={cart} line={line} />)}
      {!refusal && done && <PricedParts cart={cart} priced={done} />}
      {!refusal && done === undefined && <Skeleton lines={4} />}
    </>
  );
}

function BareLine({ cart, line }: { cart: Cart; line: Cart['lines'][number] }) {
  const { t } = useTranslation('mall');
  return (
    <div className="mall-line">
      <span>{line.title}</span>
      <Button
        label={`${t('remove')} ${line.title}`}
        onPress={() => cart.setQuantity(line.variantId, 0)}
      >
        {t('remove')}
      </Button>
    </div>
  );
}

function PricedParts({ cart, priced }: { cart: Cart; priced: Priced }) {
  const { t } = useTranslation('mall');
  return (
    <>
      {priced.parts.map((part) => (
        <Card as="section" key={part.merchantId}>
          <h2>{part.merchantName}</h2>
          {part.lines.map((line) => (
            <div className="mall-line" key={line.variantId}>
              <span>
                {line.title}
                {line.available < line.quantity && (
                  <strong className="late"> {t('unavailable', { count: line.available })}</strong>
                )}
              </span>
              <span className="number">{formatYuan(line.amountFen)}</span>
              <Count
                label={line.title}
                value={line.quantity / line.perQuantity}
                onChange={(count) => cart.setQuantity(line.variantId, count * line.perQuantity)}
              />
              <Button
                label={`${t('remove')} ${line.title}`}
                onPress={() => cart.setQuantity(line.variantId, 0)}
              >
                {t('remove')}
              </Button>
            </div>
          ))}
          <p className="row-between">
            <span>{t('subtotal', { amount: formatYuan(part.goodsFen) })}</span>
          </p>
        </Card>
      ))}
      <p className="row-between mall-total">
        <span>{t('total')}</span>
        <strong className="number">{formatYuan(priced.goodsFen)}</strong>
      </p>
      <p className="mall-share">{priced.shareWords}</p>
      {priced.parts.length > 1 && (
        <p className="soft">{t('ordersSplit', { count: priced.parts.length })}</p>
      )}
      <OrderForm cart={cart} />
    </>
  );
}

const nobody = { kind: 'pick_up', address: '', telephone: '', note: '' };

function OrderForm({ cart }: { cart: Cart }) {
  const { t } = useTranslation('mall');
  const { session } = useSession();
  const navigate = useNavigate();
  const stations = useRoute(routes.catalogue.stations).data?.items ?? [];
  const [value, setValue] = useState(nobody);
  const [key] = useState(newFormId);
  const order = useCall(routes.sale.order);
  const update = (change: Partial<typeof nobody>) => setValue((now) => ({ ...now, ...change }));
  const isDelivery = value.kind === 'delivery';
  async function send() {
    const { address, telephone, note } = value;
    const lines = cart.lines.map(({ variantId, quantity, shownPriceFen }) => ({
      variantId,
      quantity,
      shownPriceFen,
    }));
    try {
      const { orders } = await order.send({
        body: {
          key,
          placeId: cart.placeId,
          kind: isDelivery ? 'delivery' : 'pick_up',
          delivery: isDelivery ? { address, telephone, note } : null,
          lines,
        },
      });
      cart.clear();
      if (orders.length === 1)
        await navigate({ to: '/mall/orders/$orderId', params: { orderId: orders[0]!.id } });
      else await navigate({ to: '/mall/orders' });
    } catch (thrown) {
      if (!(thrown instanceof ApiRefusal)) throw thrown;
    }
  }
  if (!session)
    return (
      <ButtonLink kind="primary" wide to="/my/sign-in" search={{ next: '/mall/cart' }}>
        {t('signIn')}
      </ButtonLink>
    );
  const place = stations.find((one) => one.id === cart.placeId)?.name ?? '';
  return (
    <Form onSend={() => void send()} refusal={order.refusal} busy={order.busy}>
      <RadioGroup
        name="kind"
        label={t('how')}
        value={value.kind}
        onChange={(kind) => update({ kind })}
        options={[
          { value: 'pick_up', label: t('pickUp', { place }) },
          { value: 'delivery', label: t('delivery') },
        ]}
      />
      {isDelivery && (
        <>
          <p className="soft">{t('deliveryHint')}</p>
          <TextField
            name="address"
            label={t('address')}
            value={value.address}
            onChange={(address) => update({ address })}
          />
          <TextField
            name="telephone"
            label={t('telephone')}
            inputMode="tel"
            value={value.telephone}
            onChange={(telephone) => update({ telephone })}
          />
          <TextField
            name="note"
            label={t('note')}
            value={value.note}
            onChange={(note) => update({ note })}
          />
        </>
      )}
      <Button type="submit" kind="primary" wide busy={order.busy}>
        {t('order')}
      </Button>
    </Form>
  );
}
