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
  const [value, setValue] = useState({
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
  const update = (change: Partial<typeof value>) => setValue((now) => ({ ...now, ...change }));
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
        <ItemSelect
          name="itemId"
          label={t('goods.form.item')}
          value={value.itemId}
          onChange={(itemId) => update({ itemId })}
        />
        <PlaceSelect
          mine
          name="placeId"
          label={t('goods.place')}
          value={value.placeId}
          onChange={(placeId) => update({ placeId })}
        />
        <TextField
          short
          name="quantity"
          inputMode="numeric"
          label={t('goods.form.quantity')}
          value={value.quantity}
          onChange={(quantity) => update({ quantity })}
        />
        <YuanField
          name="unitValueYuan"
          label={t('goods.form.unitValue')}
          value={value.unitValueYuan}
          onChange={(unitValueYuan) => update({ unitValueYuan })}
        />
      </div>
      <div className="field-row">
        <TextField
          short
          optional
          name="batch"
          label={t('goods.batch')}
          value={value.batch}
          onChange={(batch) => update({ batch })}
        />
        <DateField
          optional
          name="expiresOn"
          label={t('goods.expires')}
          value={value.expiresOn}
          onChange={(expiresOn) => update({ expiresOn })}
        />
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
            name="supplierId"
            label={t('goods.form.supplier')}
            placeholder={t('goods.form.pick')}
            value={value.supplierId}
            onChange={(supplierId) => update({ supplierId })}
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
  const [value, setValue] = useState({
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
  const update = (change: Partial<typeof value>) => setValue((now) => ({ ...now, ...change }));
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
        <TextField
          name="name"
          label={t('goods.form.name')}
          value={value.name}
          onChange={(name) => update({ name })}
        />
        <TextField
          short
          name="unit"
          label={t('goods.form.unit')}
          hint={t('goods.form.unitHint')}
          value={value.unit}
          onChange={(unit) => update({ unit })}
        />
        <TextField
          short
          optional
          name="barCode"
          inputMode="numeric"
          label={t('goods.form.barCode')}
          value={value.barCode}
          onChange={(barCode) => update({ barCode })}
        />
        <TextField
          short
          optional
          name="shelfDays"
          inputMode="numeric"
          label={t('goods.form.shelfDays')}
          value={value.shelfDays}
          onChange={(shelfDays) => update({ shelfDays })}
        />
      </div>
      <Checkbox
        name="imported"
        label={t('goods.form.imported')}
        hint={t('goods.form.importedHint')}
        checked={value.imported}
        onChange={(imported) => update({ imported })}
      />
      {value.imported && (
        <TextField
          name="papers"
          label={t('goods.form.papers')}
          value={value.papers}
          onChange={(papers) => update({ papers })}
        />
      )}
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
