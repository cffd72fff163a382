import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  Checkbox,
  Form,
  newFormId,
  PhotoField,
  say,
  Select,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useSend } from '../parts/send.ts';
import { categories, useCategoryWords } from './category-words.ts';

const empty = {
  merchantId: '',
  title: '',
  itemId: '',
  category: 'grain_oil',
  priceYuan: '',
  memberPriceYuan: '',
  hardshipPriceYuan: '',
  perQuantity: '1',
  barCode: '',
};

/** Puts one kind of thing on sale, with its three prices. */
export function AddProduct({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const words = useCategoryWords();
  const merchants = useRoute(routes.catalogue.merchants).data?.items ?? [];
  const items = useRoute(routes.goods.items, { query: { limit: 200 } }).data?.items ?? [];
  const { value, field } = useValues(empty);
  const [isFood, setIsFood] = useState(false);
  const [pictures, setPictures] = useState<string[]>([]);
  const [formId] = useState(newFormId);
  const add = useSend(routes.catalogue.addProduct);
  function send() {
    const { merchantId, title, itemId } = value;
    const variant = {
      itemId,
      perQuantity: Number(value.perQuantity) || 1,
      priceYuan: value.priceYuan,
      memberPriceYuan: value.memberPriceYuan || null,
      hardshipPriceYuan: value.hardshipPriceYuan || null,
      barCode: value.barCode || null,
    };
    const category = categories.find((one) => one === value.category) ?? 'other';
    const body = {
      merchantId,
      title,
      category,
      needsFoodLicence: isFood,
      pictureId: pictures[0] ?? null,
      formId,
      variants: [variant],
    };
    add.run({ body }, () => {
      say(t('shop.products.saved'));
      onDone();
    });
  }
  return (
    <section className="panel">
      <Form scope="product" onSend={send} call={add}>
        <div className="field-row">
          <TextField {...field('title')} label={t('shop.products.name')} />
          <Select
            {...field('merchantId')}
            label={t('shop.products.merchant')}
            placeholder=""
            options={merchants.map((one) => ({ value: one.id, label: one.name }))}
          />
          <Select
            {...field('category')}
            label={t('shop.products.category')}
            options={categories.map((one) => ({ value: one, label: words(one) }))}
          />
        </div>
        <Select
          {...field('itemId')}
          label={t('shop.products.item')}
          hint={t('shop.products.itemHint')}
          placeholder=""
          options={items.map((one) => ({ value: one.id, label: `${one.name}（${one.unit}）` }))}
        />
        <div className="field-row">
          {(['priceYuan', 'memberPriceYuan', 'hardshipPriceYuan'] as const).map((name, index) => (
            <YuanField
              key={name}
              {...field(name)}
              label={t(`shop.products.${(['price', 'member', 'hardship'] as const)[index]!}`)}
            />
          ))}
        </div>
        <div className="field-row">
          <TextField
            {...field('perQuantity')}
            label={t('shop.products.per')}
            hint={t('shop.products.perHint')}
            inputMode="numeric"
          />
          <TextField {...field('barCode')} label={t('shop.products.barCode')} inputMode="numeric" />
        </div>
        <Checkbox
          name="needsFoodLicence"
          label={t('shop.products.food')}
          checked={isFood}
          onChange={setIsFood}
        />
        <PhotoField
          name="pictureId"
          label={t('shop.products.picture')}
          value={pictures}
          onChange={setPictures}
          most={1}
        />
        <Button type="submit" kind="primary" busy={add.busy}>
          {t('shop.products.addSend')}
        </Button>
      </Form>
    </section>
  );
}
