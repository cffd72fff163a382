import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DateField,
  Dialog,
  Form,
  say,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { AreaSelect } from '../parts/area-select.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { PanelForm } from '../parts/panel-form.tsx';
import { useSend } from '../parts/send.ts';
import { countsOf, type Notes, NotesField } from './notes-field.tsx';

type Counter = RouteOutput<typeof routes.cash.counters>['items'][number];
interface CounterProps {
  counter: Counter;
  onClose: () => void;
}

/** Opens a counter in a community. */
export function CounterForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const [name, setName] = useState('');
  const [areaCode, setAreaCode] = useState('');
  const open = useSend(routes.cash.openCounter);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      name: filled(name, t('cash.counterName')),
      areaCode: filled(areaCode, t('cash.counterArea')),
    });
    if (!fine) return;
    open.run({ body: { name, areaCode } }, () => {
      say(t('cash.counterOpened'));
      onDone();
    });
  }
  return (
    <PanelForm
      scope="counter"
      onSend={send}
      errors={checks.errors}
      call={open}
      send={t('cash.counterSend')}
    >
      <div className="field-row">
        <TextField name="name" label={t('cash.counterName')} value={name} onChange={setName} />
        <AreaSelect
          name="areaCode"
          label={t('cash.counterArea')}
          levels={['community']}
          placeholder=""
          value={areaCode}
          onChange={setAreaCode}
        />
      </div>
    </PanelForm>
  );
}

/** Counts the cash on hand by notes and coins. */
export function CountDialog({ counter, onClose }: CounterProps) {
  const { t } = useTranslation('console');
  const [notes, setNotes] = useState<Notes>({});
  const [note, setNote] = useState('');
  const count = useSend(routes.cash.countCash);
  const send = () =>
    count.run(
      { params: { counterId: counter.id }, body: { counted: countsOf(notes), note } },
      () => {
        say(t('cash.counted'));
        onClose();
      },
    );
  return (
    <Dialog title={t('cash.countAt', { name: counter.name })} open onClose={onClose}>
      <p className="soft">{t('cash.countLead')}</p>
      <Form scope="count" onSend={send} call={count} send={t('cash.countSend')}>
        <NotesField value={notes} onChange={setNotes} />
        <TextArea
          name="note"
          label={t('cash.countNote')}
          hint={t('cash.countNoteHint')}
          optional
          rows={2}
          most={2000}
          value={note}
          onChange={setNote}
        />
      </Form>
    </Dialog>
  );
}

/** The second person's own count of a difference. */
export function ConfirmDialog({ counter, onClose }: CounterProps) {
  const { t } = useTranslation('console');
  const [amountYuan, setAmount] = useState('');
  const confirm = useSend(routes.cash.confirmCount);
  const countId = counter.lastCount?.id ?? '';
  const send = () =>
    confirm.run({ params: { countId }, body: { amountYuan } }, () => {
      say(t('cash.confirmed'));
      onClose();
    });
  return (
    <Dialog title={t('cash.confirm')} open onClose={onClose}>
      <p className="soft">{t('cash.confirmLead')}</p>
      <Form scope="confirm" onSend={send} call={confirm} send={t('cash.confirmSend')}>
        <TextField
          name="amountYuan"
          label={t('cash.confirmAmount')}
          inputMode="decimal"
          short
          value={amountYuan}
          onChange={setAmount}
        />
      </Form>
    </Dialog>
  );
}

/** Notes the bank's paying-in slip. */
export function PayInDialog({ counter, onClose }: CounterProps) {
  const { t } = useTranslation('console');
  const { value, field } = useValues({
    amountYuan: counter.onHandFen > 0 ? (counter.onHandFen / 100).toFixed(2) : '',
    slipNumber: '',
    paidInOn: today(),
  });
  const payIn = useSend(routes.cash.payIn);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      amountYuan: filled(value.amountYuan, t('cash.amount')),
      slipNumber: filled(value.slipNumber, t('cash.slipNumber')),
      paidInOn: filled(value.paidInOn, t('cash.paidInOn')),
    });
    if (!fine) return;
    payIn.run({ params: { counterId: counter.id }, body: value }, (made) => {
      say(t('cash.paidIn', { number: made.number }));
      onClose();
    });
  }
  return (
    <Dialog title={t('cash.payInAt', { name: counter.name })} open onClose={onClose}>
      <p className="soft">{t('cash.payInLead')}</p>
      <Form
        scope="payin"
        onSend={send}
        errors={checks.errors}
        call={payIn}
        send={t('cash.payInSend')}
      >
        <YuanField {...field('amountYuan')} label={t('cash.amount')} />
        <TextField {...field('slipNumber')} label={t('cash.slipNumber')} />
        <DateField {...field('paidInOn')} label={t('cash.paidInOn')} max={today()} />
      </Form>
    </Dialog>
  );
}
