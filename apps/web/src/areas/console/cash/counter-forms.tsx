import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  DateField,
  Dialog,
  Form,
  say,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { AreaSelect } from '../parts/area-select.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
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
    <section className="panel">
      <Form
        scope="counter"
        onSend={send}
        errors={checks.errors}
        refusal={open.refusal}
        busy={open.busy}
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
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={open.busy}>
            {t('cash.counterSend')}
          </Button>
        </div>
      </Form>
    </section>
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
      <Form scope="count" onSend={send} refusal={count.refusal} busy={count.busy}>
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
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={count.busy}>
            {t('cash.countSend')}
          </Button>
        </div>
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
      <Form scope="confirm" onSend={send} refusal={confirm.refusal} busy={confirm.busy}>
        <TextField
          name="amountYuan"
          label={t('cash.confirmAmount')}
          inputMode="decimal"
          short
          value={amountYuan}
          onChange={setAmount}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={confirm.busy}>
            {t('cash.confirmSend')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** Notes the bank's paying-in slip. */
export function PayInDialog({ counter, onClose }: CounterProps) {
  const { t } = useTranslation('console');
  const [value, setValue] = useState({
    amountYuan: counter.onHandFen > 0 ? (counter.onHandFen / 100).toFixed(2) : '',
    slipNumber: '',
    paidInOn: today(),
  });
  const update = (change: Partial<typeof value>) => setValue((now) => ({ ...now, ...change }));
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
        refusal={payIn.refusal}
        busy={payIn.busy}
      >
        <YuanField
          name="amountYuan"
          label={t('cash.amount')}
          value={value.amountYuan}
          onChange={(amountYuan) => update({ amountYuan })}
        />
        <TextField
          name="slipNumber"
          label={t('cash.slipNumber')}
          value={value.slipNumber}
          onChange={(slipNumber) => update({ slipNumber })}
        />
        <DateField
          name="paidInOn"
          label={t('cash.paidInOn')}
          max={today()}
          value={value.paidInOn}
          onChange={(paidInOn) => update({ paidInOn })}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={payIn.busy}>
            {t('cash.payInSend')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
