import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  Checkbox,
  DateField,
  Form,
  newFormId,
  RadioGroup,
  say,
  Select,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { PhotoField } from '../../../shared/ui/photo-field.tsx';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from './checks.ts';
import { giftForms, type KindGift, wholeNumber } from './goods-codes.ts';
import { ItemSelect, PlaceSelect } from './goods-fields.tsx';
import { PanelForm } from './panel-form.tsx';
import { useSend } from './send.ts';
import { useOrganizations } from './organizations.tsx';

const emptyLine = { title: '', quantity: '', unit: '', expiresOn: '' };
type Line = typeof emptyLine;

/** Notes what an enterprise on file offers. */
export function RegisterForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const [formId] = useState(newFormId);
  const { value, update, field, tick } = useValues({
    organizationId: '',
    legalForm: 'agreed_gift' as (typeof giftForms)[number],
    purpose: '',
    lines: [emptyLine],
    hideFromRecipient: false,
    hideFromStaff: false,
  });
  const enterprises = useOrganizations('enterprise');
  const call = useSend(routes.kindGift.register);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const quantities = value.lines.map((line) => wholeNumber(line.quantity));
    const fine = checks.pass({
      organizationId: filled(value.organizationId, t('kindGifts.enterprise')),
      'lines.0.title': value.lines.some((line) => line.title.trim() === '') && t('plan.pickItem'),
      'lines.0.quantity': quantities.includes(null) && t('goods.form.wrongCount'),
    });
    if (!fine) return;
    const { hideFromRecipient, hideFromStaff, lines, ...rest } = value;
    const body = {
      ...rest,
      lines: lines.map((line, place) => ({
        ...line,
        unit: line.unit || '件',
        quantity: quantities[place]!,
        expiresOn: line.expiresOn || null,
      })),
      name: { displayName: null, hideFromPublic: false, hideFromRecipient, hideFromStaff },
      formId,
    };
    call.run({ body }, (gift) => {
      say(t('kindGifts.sent', { number: gift.number }));
      onDone();
    });
  }
  return (
    <PanelForm
      scope="register"
      onSend={send}
      errors={checks.errors}
      call={call}
      send={t('kindGifts.send')}
    >
      <div className="field-row">
        <Select
          {...field('organizationId')}
          label={t('kindGifts.enterprise')}
          placeholder={t('goods.form.pick')}
          options={enterprises}
        />
        <Select
          name="legalForm"
          label={t('kindGifts.form')}
          value={value.legalForm}
          onChange={(form) => update({ legalForm: oneOf(giftForms, form) ?? 'agreed_gift' })}
          options={giftForms.map((one) => ({ value: one, label: t(`codes.legalForm.${one}`) }))}
        />
      </div>
      <GiftLines lines={value.lines} onChange={(lines) => update({ lines })} />
      <TextField optional {...field('purpose')} label={t('kindGifts.purpose')} />
      <Checkbox {...tick('hideFromRecipient')} label={t('kindGifts.hideFromRecipient')} />
      <Checkbox {...tick('hideFromStaff')} label={t('kindGifts.hideFromStaff')} />
    </PanelForm>
  );
}

function GiftLines({ lines, onChange }: { lines: Line[]; onChange: (lines: Line[]) => void }) {
  const { t } = useTranslation('console');
  const change = (place: number, patch: Partial<Line>) =>
    onChange(lines.map((line, index) => (index === place ? { ...line, ...patch } : line)));
  return (
    <fieldset className="field">
      <legend className="field-label">{t('kindGifts.what')}</legend>
      {lines.map((line, place) => (
        <div key={place} className="field-row">
          <TextField
            name={`lines.${place}.title`}
            label={t('kindGifts.thing')}
            value={line.title}
            onChange={(title) => change(place, { title })}
          />
          <TextField
            short
            inputMode="numeric"
            name={`lines.${place}.quantity`}
            label={t('kindGifts.quantity')}
            value={line.quantity}
            onChange={(quantity) => change(place, { quantity })}
          />
          <TextField
            short
            name={`lines.${place}.unit`}
            label={t('kindGifts.unit')}
            value={line.unit}
            onChange={(unit) => change(place, { unit })}
          />
          <DateField
            optional
            name={`lines.${place}.expiresOn`}
            label={t('kindGifts.expires')}
            value={line.expiresOn}
            onChange={(expiresOn) => change(place, { expiresOn })}
          />
        </div>
      ))}
      <p>
        <Button kind="quiet" onPress={() => onChange([...lines, emptyLine])}>
          {t('kindGifts.addLine')}
        </Button>
      </p>
    </fieldset>
  );
}

interface GiftFormProps {
  gift: KindGift;
  onDone: () => void;
}

/** Values each line, the paper beside it. */
export function ValueForm({ gift, onDone }: GiftFormProps) {
  const { t } = useTranslation('console');
  const [basis, setBasis] = useState<'invoice' | 'fair_value'>('invoice');
  const [paperNumber, setPaperNumber] = useState('');
  const [papers, setPapers] = useState<readonly string[]>([]);
  const [lines, setLines] = useState(() =>
    gift.lines.map((line) => ({ lineId: line.id, itemId: line.itemId ?? '', unitValueYuan: '' })),
  );
  const call = useSend(routes.kindGift.value);
  const checks = useChecks();
  const filled = useFilled();
  const change = (place: number, patch: Partial<(typeof lines)[number]>) =>
    setLines((now) => now.map((line, index) => (index === place ? { ...line, ...patch } : line)));
  function send() {
    const fine = checks.pass({
      paperNumber: filled(paperNumber, t('kindGifts.paperNumber')),
      attachmentIds: papers.length === 0 && t('kindGifts.papersNeeded'),
      'lines.0.itemId': lines.some((line) => line.itemId === '') && t('plan.pickItem'),
    });
    if (!fine) return;
    const body = { basis, paperNumber, lines, attachmentIds: [...papers] };
    call.run({ params: { giftId: gift.id }, body }, () => {
      say(t('kindGifts.valued'));
      onDone();
    });
  }
  return (
    <Form
      scope="value"
      onSend={send}
      errors={checks.errors}
      call={call}
      send={t('kindGifts.valueIt')}
    >
      <RadioGroup
        name="basis"
        label={t('kindGifts.basis')}
        value={basis}
        onChange={(picked) => setBasis(picked === 'fair_value' ? 'fair_value' : 'invoice')}
        options={(['invoice', 'fair_value'] as const).map((one) => ({
          value: one,
          label: t(`kindGifts.bases.${one}`),
        }))}
      />
      <TextField
        name="paperNumber"
        label={t('kindGifts.paperNumber')}
        value={paperNumber}
        onChange={setPaperNumber}
      />
      {gift.lines.map((line, place) => (
        <div key={line.id} className="line-fields">
          <strong>
            {line.title} {line.quantity} {line.unit}
          </strong>
          <ItemSelect
            name={`lines.${place}.itemId`}
            label={t('kindGifts.item')}
            value={lines[place]!.itemId}
            onChange={(itemId) => change(place, { itemId })}
          />
          <YuanField
            name={`lines.${place}.unitValueYuan`}
            label={t('kindGifts.unitValue')}
            value={lines[place]!.unitValueYuan}
            onChange={(unitValueYuan) => change(place, { unitValueYuan })}
          />
        </div>
      ))}
      <PhotoField
        name="attachmentIds"
        most={6}
        label={t('kindGifts.papers')}
        value={papers}
        onChange={setPapers}
      />
    </Form>
  );
}

/** Takes a valued gift in. */
export function ReceiveGiftForm({ gift, onDone }: GiftFormProps) {
  const { t } = useTranslation('console');
  const [placeId, setPlaceId] = useState('');
  const [reason, setReason] = useState('');
  const [counts, setCounts] = useState(
    () => new Map(gift.lines.map((line) => [line.id, String(line.quantity)])),
  );
  const call = useSend(routes.kindGift.receive);
  const checks = useChecks();
  const filled = useFilled();
  const isShort = gift.lines.some((line) => Number(counts.get(line.id)) < line.quantity);
  function send() {
    if (!checks.pass({ placeId: filled(placeId, t('goods.place')) })) return;
    const lines = [...counts].map(([lineId, text]) => ({ lineId, received: Number(text) }));
    call.run({ params: { giftId: gift.id }, body: { placeId, lines, reason } }, (taken) => {
      say(t('kindGifts.takenIn', { number: taken.confirmationNumber ?? '' }));
      onDone();
    });
  }
  return (
    <Form
      scope="receive"
      onSend={send}
      errors={checks.errors}
      call={call}
      send={t('kindGifts.receiveIt')}
    >
      <PlaceSelect
        mine
        name="placeId"
        label={t('goods.place')}
        value={placeId}
        onChange={setPlaceId}
      />
      {gift.lines.map((line) => (
        <TextField
          key={line.id}
          short
          inputMode="numeric"
          name={`received-${line.id}`}
          label={`${line.title} · ${t('kindGifts.received')}`}
          hint={t('goods.amount', { count: line.quantity, unit: line.unit })}
          value={counts.get(line.id) ?? ''}
          onChange={(text) => setCounts((now) => new Map(now).set(line.id, text))}
        />
      ))}
      {isShort && (
        <TextField
          name="reason"
          label={t('kindGifts.reason')}
          value={reason}
          onChange={setReason}
        />
      )}
    </Form>
  );
}

/** Declines an offer; the giver reads why. */
export function DeclineForm({ gift, onDone }: GiftFormProps) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const call = useSend(routes.kindGift.decline);
  return (
    <Form
      scope="decline"
      call={call}
      onSend={() =>
        call.run({ params: { giftId: gift.id }, body: { reason } }, () => {
          say(t('kindGifts.declined'));
          onDone();
        })
      }
      send={t('kindGifts.decline')}
      kind="danger"
    >
      <TextArea
        rows={2}
        name="reason"
        label={t('kindGifts.declineReason')}
        value={reason}
        onChange={setReason}
      />
    </Form>
  );
}
