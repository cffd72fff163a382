import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newFormId, say, Select, TextField } from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { AreaSelect } from './area-select.tsx';
import { useChecks, useFilled } from './checks.ts';
import { placeKinds, wholeNumber } from './goods-codes.ts';
import { ItemSelect, PlaceSelect } from './goods-fields.tsx';
import { type DoneProps, PanelForm } from './panel-form.tsx';
import { useSend } from './send.ts';

/** Packs kits out of what lies at a place. */
export function PackForm({ onDone }: DoneProps) {
  const { t } = useTranslation('console');
  const [formId] = useState(newFormId);
  const { value, field } = useValues({ placeId: '', itemId: '', count: '' });
  const call = useSend(routes.goods.assemble);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const count = wholeNumber(value.count);
    const fine = checks.pass({
      placeId: filled(value.placeId, t('goods.place')),
      itemId: filled(value.itemId, t('goods.form.item')),
      count: count === null && t('goods.form.wrongCount'),
    });
    if (!fine) return;
    call.run({ body: { ...value, count: count!, formId } }, () => {
      say(t('goods.form.packed'));
      onDone();
    });
  }
  return (
    <PanelForm scope="pack" onSend={send} errors={checks.errors} call={call} send={t('goods.pack')}>
      <div className="field-row">
        <ItemSelect {...field('itemId')} label={t('goods.kit')} />
        <PlaceSelect mine {...field('placeId')} label={t('goods.place')} />
        <TextField short inputMode="numeric" {...field('count')} label={t('goods.form.count')} />
      </div>
    </PanelForm>
  );
}

/** Puts a service point on file. */
export function PlaceForm({ onDone }: DoneProps) {
  const { t } = useTranslation('console');
  const { value, update, field } = useValues({
    name: '',
    kind: 'service_center' as (typeof placeKinds)[number],
    areaCode: '',
    address: '',
  });
  const call = useSend(routes.goods.addPlace);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      name: filled(value.name, t('goods.form.name')),
      areaCode: filled(value.areaCode, t('goods.form.area')),
    });
    if (!fine) return;
    call.run({ body: value }, () => {
      say(t('goods.form.saved'));
      onDone();
    });
  }
  return (
    <PanelForm
      scope="place"
      onSend={send}
      errors={checks.errors}
      call={call}
      send={t('goods.form.save')}
    >
      <div className="field-row">
        <TextField {...field('name')} label={t('goods.form.name')} />
        <Select
          name="kind"
          label={t('goods.form.placeKind')}
          value={value.kind}
          onChange={(kind) => update({ kind: oneOf(placeKinds, kind) ?? 'service_center' })}
          options={placeKinds.map((one) => ({ value: one, label: t(`goods.placeKind.${one}`) }))}
        />
        <AreaSelect {...field('areaCode')} label={t('goods.form.area')} placeholder="" />
        <TextField optional {...field('address')} label={t('goods.form.address')} />
      </div>
    </PanelForm>
  );
}
