import { formatYuan, yuanNumber } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Listed,
  Button,
  Dialog,
  EmptyState,
  Form,
  Page,
  RefusalNotice,
  say,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useSend } from '../parts/send.ts';
import { AddProduct } from './product-form.tsx';
import { WholeTable } from '../parts/list-table.tsx';

type Product = RouteOutput<typeof routes.catalogue.products>['items'][number];
type Variant = Product['variants'][number];
interface Row {
  product: Product;
  variant: Variant;
}

/** Goods on sale and off with their three prices; stock is on the pages of goods. */
export function ProductsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const [pricing, setPricing] = useState<Row>();
  const query = useList(routes.catalogue.products, { query: { limit: 200 } });
  return (
    <Page
      title={t('shop.products.title')}
      lead={t('shop.products.lead')}
      aside={
        holds(session, 'shop.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('shop.products.add')}
          </Button>
        )
      }
    >
      {adding && <AddProduct onDone={() => setAdding(false)} />}
      <Listed
        list={query}
        empty={
          <EmptyState title={t('shop.products.empty')}>
            <p>{t('shop.products.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => <ProductTable items={items} onPrice={setPricing} />}
      </Listed>
      {pricing && <PriceDialog row={pricing} onClose={() => setPricing(undefined)} />}
    </Page>
  );
}

function ProductTable({
  items,
  onPrice,
}: {
  items: readonly Product[];
  onPrice: (row: Row) => void;
}) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const mayWrite = holds(session, 'shop.write');
  const set = useSend(routes.catalogue.setProductState);
  const rows = items.flatMap((product) =>
    product.variants.map((variant) => ({ product, variant })),
  );
  const money = (fen: number | null) => (fen === null ? '—' : formatYuan(fen));
  const columns: Column<Row>[] = [
    {
      key: 'name',
      header: t('shop.products.name'),
      cell: ({ product, variant }) => `${product.title} ${variant.label}`,
      value: ({ product, variant }) => `${product.title} ${variant.label}`,
    },
    {
      key: 'merchant',
      header: t('shop.products.merchant'),
      cell: ({ product }) => product.merchantName,
      value: ({ product }) => product.merchantName,
    },
    {
      key: 'per',
      header: t('shop.products.per'),
      cell: ({ variant }) =>
        variant.perQuantity === 1 ? variant.unit : `${variant.perQuantity} ${variant.unit}`,
    },
    {
      key: 'price',
      header: t('shop.products.price'),
      numeric: true,
      cell: ({ variant }) => money(variant.priceFen),
      value: ({ variant }) => variant.priceFen,
    },
    {
      key: 'member',
      header: t('shop.products.member'),
      numeric: true,
      cell: ({ variant }) => money(variant.memberPriceFen),
    },
    {
      key: 'hardship',
      header: t('shop.products.hardship'),
      numeric: true,
      cell: ({ variant }) => money(variant.hardshipPriceFen),
    },
    {
      key: 'state',
      header: t('shop.products.state'),
      cell: ({ product }) =>
        product.obstacle && product.state === 'on_sale'
          ? t(`shop.merchants.obstacle.${product.obstacle}`)
          : t(`shop.products.states.${product.state}`),
      value: ({ product }) => product.state,
    },
  ];
  if (mayWrite)
    columns.push({
      key: 'acts',
      header: t('shop.products.setPrice'),
      cell: (row) => (
        <span className="row">
          <Button
            label={t('shop.products.setPriceFor', { name: row.product.title })}
            onPress={() => onPrice(row)}
          >
            {t('shop.products.setPrice')}
          </Button>
          <Button
            label={`${t(row.product.state === 'on_sale' ? 'shop.products.takeOff' : 'shop.products.putOn')} ${row.product.title}`}
            onPress={() =>
              set.run({
                params: { productId: row.product.id },
                body: {
                  state: row.product.state === 'on_sale' ? 'off' : 'on_sale',
                  version: row.product.version,
                },
              })
            }
          >
            {t(row.product.state === 'on_sale' ? 'shop.products.takeOff' : 'shop.products.putOn')}
          </Button>
        </span>
      ),
    });
  return (
    <>
      {set.refusal && <RefusalNotice refusal={set.refusal} />}
      <WholeTable
        label={t('shop.products.title')}
        rows={rows}
        columns={columns}
        rowKey={({ variant }) => variant.id}
      />
    </>
  );
}

const plain = (fen: number | null) => (fen === null ? '' : yuanNumber(fen).replaceAll(',', ''));

function PriceDialog({ row: { product, variant }, onClose }: { row: Row; onClose: () => void }) {
  const { t } = useTranslation('console');
  const { value, field } = useValues({
    priceYuan: plain(variant.priceFen),
    memberPriceYuan: plain(variant.memberPriceFen),
    hardshipPriceYuan: plain(variant.hardshipPriceFen),
  });
  const set = useSend(routes.catalogue.setPrice);
  const body = {
    priceYuan: value.priceYuan,
    memberPriceYuan: value.memberPriceYuan || null,
    hardshipPriceYuan: value.hardshipPriceYuan || null,
    version: product.version,
  };
  return (
    <Dialog title={t('shop.products.setPriceFor', { name: product.title })} open onClose={onClose}>
      <Form
        scope="price"
        call={set}
        onSend={() =>
          set.run({ params: { productId: product.id, variantId: variant.id }, body }, () => {
            say(t('shop.products.saved'));
            onClose();
          })
        }
      >
        <YuanField {...field('priceYuan')} label={t('shop.products.price')} />
        <YuanField {...field('memberPriceYuan')} label={t('shop.products.member')} />
        <YuanField
          {...field('hardshipPriceYuan')}
          label={t('shop.products.hardship')}
          hint={t('shop.products.hardshipHint')}
        />
        <Button type="submit" kind="primary" busy={set.busy}>
          {t('shop.merchants.save')}
        </Button>
      </Form>
    </Dialog>
  );
}
