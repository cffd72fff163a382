import { useTranslation } from 'react-i18next';
import { Button, TextField, YuanField } from '../../../shared/ui/index.ts';
import { ItemSelect } from '../parts/goods-fields.tsx';

const empty = {
  label: '',
  itemId: '',
  priceYuan: '',
  memberPriceYuan: '',
  hardshipPriceYuan: '',
  perQuantity: '1',
  barCode: '',
};
export type TypedVariant = typeof empty;
export const emptyVariant = (): TypedVariant => empty;

/** A variant as the server takes it; empty prices are none. */
export const variantOf = (typed: TypedVariant) => ({
  ...typed,
  perQuantity: Number(typed.perQuantity) || 1,
  memberPriceYuan: typed.memberPriceYuan || null,
  hardshipPriceYuan: typed.hardshipPriceYuan || null,
  barCode: typed.barCode || null,
});

interface VariantsProps {
  variants: readonly TypedVariant[];
  onChange: (variants: TypedVariant[]) => void;
}

/** The variants of a product: each with what it is in the store, its prices and its bar code. */
export function Variants({ variants, onChange }: VariantsProps) {
  const { t } = useTranslation('console');
  const change = (place: number, patch: Partial<TypedVariant>) =>
    onChange(variants.map((one, index) => (index === place ? { ...one, ...patch } : one)));
  return (
    <>
      {variants.map((one, place) => (
        <OneVariant
          key={place}
          value={one}
          place={place}
          isOnly={variants.length === 1}
          onChange={(patch) => change(place, patch)}
          onRemove={() => onChange(variants.filter((_, index) => index !== place))}
        />
      ))}
      <p>
        <Button kind="quiet" onPress={() => onChange([...variants, empty])}>
          {t('shop.products.addVariant')}
        </Button>
      </p>
    </>
  );
}

interface OneVariantProps {
  value: TypedVariant;
  place: number;
  isOnly: boolean;
  onChange: (patch: Partial<TypedVariant>) => void;
  onRemove: () => void;
}

function OneVariant({ value, place, isOnly, onChange, onRemove }: OneVariantProps) {
  const { t } = useTranslation('console');
  const field = (name: keyof TypedVariant) => ({
    name: `variants.${place}.${name}`,
    value: value[name],
    onChange: (text: string) => onChange({ [name]: text }),
  });
  return (
    <fieldset className="field">
      <legend className="field-label">{t('shop.products.variant', { place: place + 1 })}</legend>
      <div className="field-row">
        {!isOnly && <TextField {...field('label')} label={t('shop.products.variantLabel')} />}
        <ItemSelect
          {...field('itemId')}
          label={t('shop.products.item')}
          hint={t('shop.products.itemHint')}
        />
      </div>
      <div className="field-row">
        <YuanField {...field('priceYuan')} label={t('shop.products.price')} />
        <YuanField {...field('memberPriceYuan')} label={t('shop.products.member')} />
        <YuanField {...field('hardshipPriceYuan')} label={t('shop.products.hardship')} />
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
      {!isOnly && (
        <p>
          <Button kind="quiet" onPress={onRemove}>
            {t('shop.products.removeVariant', { place: place + 1 })}
          </Button>
        </p>
      )}
    </fieldset>
  );
}
