import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newFormId, say, Select, TextField } from '../../../shared/ui/index.ts';
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
  const [value, setValue] = useState({ placeId: '', itemId: '', count: '' });
  const call = useSend(routes.goods.assemble);
  const checks = useChecks();
  const filled = useFilled();
  const update = (change: Partial<typeof value>) => setValue((now) => ({ ...now, ...change }));
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
        <ItemSelect
          name="itemId"
          label={t('goods.kit')}
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
          inputMode="numeric"
          name="count"
          label={t('goods.form.count')}
          value={value.count}
          onChange={(count) => update({ count })}
        />
      </div>
    </PanelForm>
  );
}

/** Puts a service point on file. */
export function PlaceForm({ onDone }: DoneProps) {
  const { t } = useTranslation('console');
  const [value, setValue] = useState({
    name: '',
    kind: 'service_center' as (typeof placeKinds)[number],
    areaCode: '',
    address: '',
  });
  const call = useSend(routes.goods.addPlace);
  const checks = useChecks();
  const filled = useFilled();
  const update = (change: Partial<typeof value>) => setValue((now) => ({ ...now, ...change }));
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
        <TextField
          name="name"
          label={t('goods.form.name')}
          value={value.name}
          onChange={(name) => update({ name })}
        />
        <Select
          name="kind"
          label={t('goods.form.placeKind')}
          value={value.kind}
          onChange={(kind) => update({ kind: oneOf(placeKinds, kind) ?? 'service_center' })}
          options={placeKinds.map((one) => ({ value: one, label: t(`goods.placeKind.${one}`) }))}
        />
        <AreaSelect
          name="areaCode"
          label={t('goods.form.area')}
          placeholder=""
          value={value.areaCode}
          onChange={(areaCode) => update({ areaCode })}
        />
        <TextField
          optional
          name="address"
          label={t('goods.form.address')}
          value={value.address}
          onChange={(address) => update({ address })}
        />
      </div>
    </PanelForm>
  );
}
