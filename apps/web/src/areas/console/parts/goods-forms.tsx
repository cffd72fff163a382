import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  Checkbox,
  DateField,
  newFormId,
  RadioGroup,
  say,
  Select,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { PhotoField } from '../../../shared/ui/photo-field.tsx';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from './checks.ts';
import { wholeNumber } from './goods-codes.ts';
import { ItemSelect, PlaceSelect } from './goods-fields.tsx';
import { useOrganizations } from './organizations.tsx';
import { type DoneProps, PanelForm } from './panel-form.tsx';
import { useSend } from './send.ts';

/** Takes things in that were bought without a payment here, or were there before the record. */
export function ReceiveForm({ onDone }: DoneProps) {
  const { t } = useTranslation('console');
  const [formId] = useState(newFormId);
  const { value, update, field } = useValues({
    placeId: '',
    itemId: '',
    quantity: '',
    batch: '',
    expiresOn: '',
    unitValueYuan: '',
    origin: 'opening' as 'bought' | 'opening',
    supplierId: '',
  });
  const suppliers = useOrganizations('supplier');
  const call = useSend(routes.goods.receive);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const quantity = wholeNumber(value.quantity);
    const fine = checks.pass({
      placeId: filled(value.placeId, t('goods.place')),
      itemId: filled(value.itemId, t('goods.form.item')),
      quantity: quantity === null && t('goods.form.wrongCount'),
      unitValueYuan: filled(value.unitValueYuan, t('goods.form.unitValue')),
    });
    if (!fine) return;
    const body = {
      ...value,
      quantity: quantity!,
      expiresOn: value.expiresOn || null,
      supplierId: value.supplierId || null,
      formId,
    };
    call.run({ body }, () => {
      say(t('goods.form.received'));
      onDone();
    });
  }
  return (
    <PanelForm
      scope="receive"
      onSend={send}
      errors={checks.errors}
      call={call}
      send={t('goods.receive')}
    >
      <div className="field-row">
        <ItemSelect {...field('itemId')} label={t('goods.form.item')} />
        <PlaceSelect mine {...field('placeId')} label={t('goods.place')} />
        <TextField
          short
          {...field('quantity')}
          inputMode="numeric"
          label={t('goods.form.quantity')}
        />
        <YuanField {...field('unitValueYuan')} label={t('goods.form.unitValue')} />
      </div>
      <div className="field-row">
        <TextField short optional {...field('batch')} label={t('goods.batch')} />
        <DateField optional {...field('expiresOn')} label={t('goods.expires')} />
        <RadioGroup
          name="origin"
          label={t('goods.form.originLabel')}
          value={value.origin}
          onChange={(origin) =>
            update({ origin: oneOf(['bought', 'opening'], origin) ?? 'opening' })
          }
          options={(['opening', 'bought'] as const).map((one) => ({
            value: one,
            label: t(`goods.originKind.${one}`),
          }))}
        />
        {value.origin === 'bought' && (
          <Select
            {...field('supplierId')}
            label={t('goods.form.supplier')}
            placeholder={t('goods.form.pick')}
            options={suppliers}
          />
        )}
      </div>
    </PanelForm>
  );
}

/** Puts a kind of thing on file; with parts it is a kit. */
export function ItemForm({ onDone }: DoneProps) {
  const { t } = useTranslation('console');
  const { value, update, field, tick } = useValues({
    name: '',
    unit: '',
    barCode: '',
    shelfDays: '',
    imported: false,
    papers: '',
    pictures: [] as readonly string[],
    parts: [] as { itemId: string; quantity: string }[],
  });
  const call = useSend(routes.goods.addItem);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      name: filled(value.name, t('goods.form.name')),
      unit: filled(value.unit, t('goods.form.unit')),
    });
    if (!fine) return;
    const body = {
      name: value.name,
      unit: value.unit,
      barCode: value.barCode.trim() || null,
      shelfDays: wholeNumber(value.shelfDays),
      imported: value.imported,
      papers: value.papers.trim() || null,
      pictureId: value.pictures[0] ?? null,
      parts: value.parts.flatMap(({ itemId, quantity }) => {
        const count = wholeNumber(quantity);
        return itemId && count ? [{ itemId, quantity: count }] : [];
      }),
    };
    call.run({ body }, () => {
      say(t('goods.form.saved'));
      onDone();
    });
  }
  return (
    <PanelForm
      scope="item"
      onSend={send}
      errors={checks.errors}
      call={call}
      send={t('goods.form.save')}
    >
      <div className="field-row">
        <TextField {...field('name')} label={t('goods.form.name')} />
        <TextField
          short
          {...field('unit')}
          label={t('goods.form.unit')}
          hint={t('goods.form.unitHint')}
        />
        <TextField
          short
          optional
          {...field('barCode')}
          inputMode="numeric"
          label={t('goods.form.barCode')}
        />
        <TextField
          short
          optional
          {...field('shelfDays')}
          inputMode="numeric"
          label={t('goods.form.shelfDays')}
        />
      </div>
      <Checkbox
        {...tick('imported')}
        label={t('goods.form.imported')}
        hint={t('goods.form.importedHint')}
      />
      {value.imported && <TextField {...field('papers')} label={t('goods.form.papers')} />}
      <PhotoField
        name="pictureId"
        label={t('goods.form.picture')}
        most={1}
        value={value.pictures}
        onChange={(pictures) => update({ pictures })}
      />
      <Parts parts={value.parts} onChange={(parts) => update({ parts })} />
    </PanelForm>
  );
}

interface PartsProps {
  parts: readonly { itemId: string; quantity: string }[];
  onChange: (parts: { itemId: string; quantity: string }[]) => void;
}

function Parts({ parts, onChange }: PartsProps) {
  const { t } = useTranslation('console');
  const change = (place: number, patch: Partial<PartsProps['parts'][number]>) =>
    onChange(parts.map((part, index) => (index === place ? { ...part, ...patch } : part)));
  return (
    <fieldset className="field">
      <legend className="field-label">{t('goods.form.parts')}</legend>
      <span className="field-hint">{t('goods.form.partsHint')}</span>
      {parts.map((part, place) => (
        <div key={place} className="field-row">
          <ItemSelect
            name={`parts.${place}.itemId`}
            label={t('goods.form.item')}
            value={part.itemId}
            onChange={(itemId) => change(place, { itemId })}
          />
          <TextField
            short
            inputMode="numeric"
            name={`parts.${place}.quantity`}
            label={t('goods.form.partQuantity')}
            value={part.quantity}
            onChange={(quantity) => change(place, { quantity })}
          />
        </div>
      ))}
      <p>
        <Button kind="quiet" onPress={() => onChange([...parts, { itemId: '', quantity: '' }])}>
          {t('goods.form.addPart')}
        </Button>
      </p>
    </fieldset>
  );
}
