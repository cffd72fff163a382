import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, Card, Loaded, Page, say } from '../../../shared/ui/index.ts';
import { useCart } from './cart-store.ts';
import { MallLinks, StationSelect } from './shelf.tsx';
import { CharityNote, ProductPicture, usePer } from './words.tsx';
import './mall.css';

type Product = RouteOutput<typeof routes.catalogue.mallProduct>;
type Variant = Product['variants'][number];

/** One product: its variants, what each costs whoever looks, and whether it is at the chosen station. */
export function ProductPage() {
  const { productId } = useParams({ from: '/mall/products/$productId' });
  const { t } = useTranslation('mall');
  const cart = useCart();
  const query = useRoute(routes.catalogue.mallProduct, {
    params: { productId },
    query: cart.placeId ? { placeId: cart.placeId } : {},
  });
  return (
    <Page title={query.data?.title ?? t('title')}>
      <MallLinks count={cart.lines.length} />
      <StationSelect value={cart.placeId} onChange={cart.choosePlace} />
      <Loaded query={query} lines={8}>
        {(product) => (
          <>
            <ProductPicture product={product} />
            {product.detail !== '' && <p>{product.detail}</p>}
            <p className="soft">{t('seller', { name: product.merchantName })}</p>
            {product.charity && <CharityNote charity={product.charity} />}
            {product.variants.map((variant) => (
              <VariantCard key={variant.id} product={product} variant={variant} cart={cart} />
            ))}
            <Membership />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface VariantCardProps {
  product: Product;
  variant: Variant;
  /** The page's: a cart of its own would know nothing of what the page shows. */
  cart: ReturnType<typeof useCart>;
}

function VariantCard({ product, variant, cart }: VariantCardProps) {
  const { t } = useTranslation('mall');
  const per = usePer();
  const [count, setCount] = useState(1);
  const title = variant.label ? `${product.title} ${variant.label}` : product.title;
  const quantity = count * variant.perQuantity;
  const missing = variant.available !== null && variant.available < quantity;
  const add = () => {
    cart.add({
      variantId: variant.id,
      title,
      unit: variant.unit,
      step: variant.perQuantity,
      quantity,
      shownPriceFen: variant.yourPriceFen,
    });
    say(t('added'));
  };
  return (
    <Card as="section">
      <h2>{variant.label || product.title}</h2>
      <p className="mall-price">
        <strong>{formatYuan(variant.yourPriceFen)}</strong>
        <span className="soft">{per(variant)}</span>
        {variant.yourPriceFen < variant.priceFen && (
          <s className="soft">{t('normal', { price: formatYuan(variant.priceFen) })}</s>
        )}
      </p>
      {variant.memberPriceFen !== null && variant.memberPriceFen < variant.yourPriceFen && (
        <p>{t('memberPrice', { price: formatYuan(variant.memberPriceFen) })}</p>
      )}
      {variant.available !== null && (
        <p className="soft">
          {variant.available === 0
            ? t('soldOut')
            : t('stock', { count: Math.floor(variant.available / variant.perQuantity) })}
        </p>
      )}
      <div className="mall-buy">
        <Count value={count} onChange={setCount} label={title} />
        <Button
          kind="primary"
          onPress={add}
          refusedBecause={missing ? t('unavailable', { count: variant.available ?? 0 }) : undefined}
        >
          {t('add')}
        </Button>
      </div>
    </Card>
  );
}

/** How many, in steps, with buttons a thumb hits. */
export function Count({
  value,
  onChange,
  label,
}: {
  value: number;
  onChange: (count: number) => void;
  label: string;
}) {
  const { t } = useTranslation('mall');
  return (
    <span className="mall-count" role="group" aria-label={`${label} ${t('quantity')}`}>
      <Button label={t('less')} onPress={() => onChange(Math.max(1, value - 1))}>
        −
      </Button>
      <output>{value}</output>
      <Button label={t('moreOne')} onPress={() => onChange(value + 1)}>
        ＋
      </Button>
    </span>
  );
}

/** Becoming a member: free, by one's own tap. */
function Membership() {
  const { t } = useTranslation('mall');
  const { session } = useSession();
  const mayJoin = session != null && holds(session, 'order.own');
  const own = useRouteWhen(mayJoin, routes.catalogue.membership);
  const join = useCall(routes.catalogue.join);
  if (!own.data) return null;
  if (own.data.code !== null) return <p className="soft">{t('joined', { code: own.data.code })}</p>;
  return (
    <p>
      <Button busy={join.busy} onPress={() => void join.send()}>
        {t('join')}
      </Button>
    </p>
  );
}
