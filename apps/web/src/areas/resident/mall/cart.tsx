import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import {
  Button,
  ButtonLink,
  Card,
  EmptyState,
  Page,
  RefusalNotice,
  Skeleton,
} from '../../../shared/ui/index.ts';
import { useCart } from './cart-store.ts';
import { OrderForm } from './checkout.tsx';
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
