import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes, shelfCategories } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import {
  Listed,
  Button,
  ButtonLink,
  EmptyState,
  Form,
  Page,
  Select,
  TextField,
} from '../../../shared/ui/index.ts';
import { useCart } from './cart-store.ts';
import { type ShelfSearch, shelfSearch } from './search.ts';
import { ProductPicture, usePer } from './words.tsx';
import './mall.css';

type Product = RouteOutput<typeof routes.catalogue.mall>['items'][number];
/** As many as a telephone shows before it is asked for more. */
const GOODS_AT_ONCE = 24;

/** What the stations sell: found by words and kind, with what it costs whoever looks. */
export function ShelfPage() {
  const { t } = useTranslation('mall');
  const cart = useCart();
  const search = useSearch({ from: '/mall/' });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search.text ?? '');
  const { category } = search;
  const look = (change: ShelfSearch) =>
    void navigate({ to: '/mall', search: shelfSearch({ ...search, ...change }), replace: true });
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <MallLinks count={cart.lines.length} />
      <StationSelect value={cart.placeId} onChange={cart.choosePlace} />
      <Form onSend={() => look({ text: typed })}>
        <div className="mall-search">
          <TextField
            name="text"
            label={t('search')}
            hint={t('searchHint')}
            value={typed}
            onChange={setTyped}
          />
          <Button type="submit">{t('searchGo')}</Button>
        </div>
      </Form>
      <div className="mall-kinds" role="group" aria-label={t('search')}>
        <Button pressed={category === undefined} onPress={() => look({ category: undefined })}>
          {t('all')}
        </Button>
        {shelfCategories.map((one) => (
          <Button key={one} pressed={category === one} onPress={() => look({ category: one })}>
            {t(`categories.${one}`)}
          </Button>
        ))}
      </div>
      <Products search={search} placeId={cart.placeId} />
    </Page>
  );
}

/** The other pages of the mall. */
export function MallLinks({ count }: { count: number }) {
  const { t } = useTranslation('mall');
  return (
    <p className="row mall-links">
      <ButtonLink kind={count > 0 ? 'primary' : 'secondary'} to="/mall/cart">
        {t('cartCount', { count })}
      </ButtonLink>
      <ButtonLink to="/mall/orders">{t('orders')}</ButtonLink>
      <ButtonLink to="/mall/groups">{t('groups')}</ButtonLink>
      <ButtonLink to="/mall/deliveries">{t('deliveries')}</ButtonLink>
      <ButtonLink to="/charity-sales">{t('charitySales')}</ButtonLink>
    </p>
  );
}

/** Where an order is fetched. */
export function StationSelect({
  value,
  onChange,
}: {
  value: string;
  onChange: (placeId: string) => void;
}) {
  const { t } = useTranslation('mall');
  const stations = useRoute(routes.catalogue.stations).data?.items ?? [];
  return (
    <Select
      name="placeId"
      label={t('station')}
      placeholder={t('stationChoose')}
      value={value}
      onChange={onChange}
      options={stations.map((one) => ({ value: one.id, label: `${one.name} · ${one.area.name}` }))}
    />
  );
}

function Products({ search, placeId }: { search: ShelfSearch; placeId: string }) {
  const { t } = useTranslation('mall');
  const { text, category } = search;
  const list = usePages(routes.catalogue.mall, {
    query: {
      limit: GOODS_AT_ONCE,
      ...(text && { text }),
      ...(category && { category }),
      ...(placeId && { placeId }),
    },
  });
  return (
    <>
      <Listed
        list={list}
        lines={8}
        atOnce={GOODS_AT_ONCE}
        empty={
          <EmptyState title={t('none')}>
            <p>{t('noneBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <>
            {placeId === '' && <p className="soft">{t('noStation')}</p>}
            <ul className="mall-shelf">
              {items.map((product) => (
                <ProductTile key={product.id} product={product} />
              ))}
            </ul>
          </>
        )}
      </Listed>
    </>
  );
}

function ProductTile({ product }: { product: Product }) {
  const { t } = useTranslation('mall');
  const per = usePer();
  const cheapest = product.variants.toSorted(
    (one, other) => one.yourPriceFen - other.yourPriceFen,
  )[0]!;
  const isSoldOut = product.variants.every((one) => one.available === 0);
  return (
    <li className="mall-tile">
      <ProductPicture product={product} />
      <h2>
        <Link to="/mall/products/$productId" params={{ productId: product.id }}>
          {product.title}
        </Link>
      </h2>
      <p className="mall-price">
        <strong>
          {product.variants.length > 1
            ? t('from', { price: formatYuan(cheapest.yourPriceFen) })
            : formatYuan(cheapest.yourPriceFen)}
        </strong>
        <span className="soft">{per(cheapest)}</span>
      </p>
      {product.charity && (
        <p className="mall-share">{t('charityFor', { target: product.charity.targetName })}</p>
      )}
      {isSoldOut && <p className="soft">{t('soldOut')}</p>}
    </li>
  );
}
