import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Dialog,
  Form,
  newFormId,
  say,
  Select,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { PhotoField } from '../../../shared/ui/photo-field.tsx';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from './checks.ts';
import { type StockLine, wholeNumber, writeOffCauses } from './goods-codes.ts';
import { PlaceSelect } from './goods-fields.tsx';
import { useSend } from './send.ts';

interface ActProps {
  line: StockLine;
  onClose: () => void;
}

/** Sends pieces of a lot to another place. */
export function SendLot({ line, onClose }: ActProps) {
  const { t } = useTranslation('console');
  const [formId] = useState(newFormId);
  const [toPlaceId, setTo] = useState('');
  const [quantity, setQuantity] = useState('');
  const call = useSend(routes.goods.transfer);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const count = wholeNumber(quantity);
    const fine = checks.pass({
      toPlaceId: filled(toPlaceId, t('moves.to')),
      quantity: count === null && t('goods.form.wrongCount'),
    });
    if (!fine) return;
    const body = {
      fromPlaceId: line.placeId,
      toPlaceId,
      lines: [{ lotId: line.lot.id, quantity: count! }],
      formId,
    };
    call.run({ body }, () => {
      say(t('moves.sendDone'));
      onClose();
    });
  }
  return (
    <Dialog open title={t('moves.sendTitle', { name: line.lot.itemName })} onClose={onClose}>
      <Form scope="send" onSend={send} errors={checks.errors} call={call} send={t('moves.sendNow')}>
        <PlaceSelect name="toPlaceId" label={t('moves.to')} value={toPlaceId} onChange={setTo} />
        <TextField
          short
          name="quantity"
          inputMode="numeric"
          label={t('goods.form.quantity')}
          hint={`${t('goods.available')} ${line.available}`}
          value={quantity}
          onChange={setQuantity}
        />
      </Form>
    </Dialog>
  );
}

/** Proposes to write pieces of a lot off. */
export function WriteOffLot({ line, onClose }: ActProps) {
  const { t } = useTranslation('console');
  const [formId] = useState(newFormId);
  const { value, update, field } = useValues({
    quantity: '',
    cause: 'damaged' as (typeof writeOffCauses)[number],
    note: '',
    pictures: [] as readonly string[],
  });
  const call = useSend(routes.goods.proposeWriteOff);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const quantity = wholeNumber(value.quantity);
    const fine = checks.pass({
      quantity: quantity === null && t('goods.form.wrongCount'),
      note: filled(value.note, t('moves.note')),
    });
    if (!fine) return;
    const body = {
      placeId: line.placeId,
      lotId: line.lot.id,
      quantity: quantity!,
      cause: value.cause,
      note: value.note,
      attachmentIds: [...value.pictures],
      formId,
    };
    call.run({ body }, () => {
      say(t('moves.proposed'));
      onClose();
    });
  }
  return (
    <Dialog open title={`${t('goods.writeOff')} · ${line.lot.itemName}`} onClose={onClose}>
      <Form
        scope="writeoff"
        onSend={send}
        errors={checks.errors}
        call={call}
        send={t('moves.propose')}
      >
        <TextField
          short
          {...field('quantity')}
          inputMode="numeric"
          label={t('goods.form.quantity')}
          hint={`${t('goods.available')} ${line.available}`}
        />
        <Select
          name="cause"
          label={t('moves.cause')}
          value={value.cause}
          onChange={(cause) => update({ cause: oneOf(writeOffCauses, cause) ?? 'damaged' })}
          options={writeOffCauses.map((one) => ({ value: one, label: t(`moves.causes.${one}`) }))}
        />
        <TextArea {...field('note')} rows={2} label={t('moves.note')} />
        <PhotoField
          name="attachmentIds"
          most={3}
          label={t('moves.photos')}
          value={value.pictures}
          onChange={(pictures) => update({ pictures })}
        />
      </Form>
    </Dialog>
  );
}
