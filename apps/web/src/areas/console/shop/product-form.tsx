import { routes, shelfCategories } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Checkbox,
  newFormId,
  PhotoField,
  say,
  Select,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { type DoneProps, PanelForm } from '../parts/panel-form.tsx';
import { useSend } from '../parts/send.ts';
import { useCategoryWords } from './category-words.ts';
import { emptyVariant, type TypedVariant, variantOf, Variants } from './variant-fields.tsx';

/** Puts one kind of thing on sale, in one or several variants with their three prices. */
export function AddProduct({ onDone }: DoneProps) {
  const { t } = useTranslation('console');
  const words = useCategoryWords();
  const merchants = useRoute(routes.catalogue.merchants).data?.items ?? [];
  const { value, update, field, tick } = useValues({
    merchantId: '',
    title: '',
    detail: '',
    category: 'grain_oil',
    needsFoodLicence: false,
    pictures: [] as readonly string[],
    variants: [emptyVariant()] as TypedVariant[],
  });
  const [formId] = useState(newFormId);
  const add = useSend(routes.catalogue.addProduct);
  function send() {
    const { pictures, variants, ...rest } = value;
    const body = {
      ...rest,
      category: shelfCategories.find((one) => one === value.category) ?? 'other',
      pictureId: pictures[0] ?? null,
      formId,
      variants: variants.map(variantOf),
    };
    add.run({ body }, () => {
      say(t('shop.products.saved'));
      onDone();
    });
  }
  return (
    <PanelForm scope="product" onSend={send} call={add} send={t('shop.products.addSend')}>
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
          options={shelfCategories.map((one) => ({ value: one, label: words(one) }))}
        />
      </div>
      <TextField {...field('detail')} optional label={t('shop.products.detail')} />
      <Variants variants={value.variants} onChange={(variants) => update({ variants })} />
      <Checkbox {...tick('needsFoodLicence')} label={t('shop.products.food')} />
      <PhotoField
        name="pictureId"
        label={t('shop.products.picture')}
        value={value.pictures}
        onChange={(pictures) => update({ pictures })}
        most={1}
      />
    </PanelForm>
  );
}
