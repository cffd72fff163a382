import { type RouteOutput, routes } from '@wennuan/contract';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  Checkbox,
  Dialog,
  Form,
  newFormId,
  say,
  Select,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';
import { type CashSlip, SlipView } from './slip.tsx';

type Counter = RouteOutput<typeof routes.cash.counters>['items'][number];

const empty = { amountYuan: '', targetId: '', giverName: '', telephone: '', hideFromPublic: true };

/** Notes a gift in cash in front of its giver; what follows is the slip. */
export function GiftDialog({ counter, onClose }: { counter: Counter; onClose: () => void }) {
  const { t } = useTranslation('console');
  const [slip, setSlip] = useState<CashSlip | null>(null);
  return (
    <Dialog title={t('cash.takeAt', { name: counter.name })} open wide onClose={onClose}>
      {slip ? (
        <>
          <SlipView slip={slip} />
          <div className="form-actions">
            <Button onPress={() => setSlip(null)}>{t('cash.slipNext')}</Button>
          </div>
        </>
      ) : (
        <GiftForm counter={counter} onTaken={setSlip} />
      )}
    </Dialog>
  );
}

function GiftForm({ counter, onTaken }: { counter: Counter; onTaken: (slip: CashSlip) => void }) {
  const { t } = useTranslation('console');
  const { value, field, tick } = useValues(empty);
  const purposes = useRoute(routes.cash.purposes).data?.items ?? [];
  const purpose = purposes.find((one) => one.id === value.targetId);
  const take = useSend(routes.cash.takeGift);
  const checks = useChecks();
  const filled = useFilled();
  const form = useRef({ id: '', of: '' });
  function send() {
    const fine = checks.pass({
      amountYuan: filled(value.amountYuan, t('cash.amount')),
      targetId: filled(value.targetId, t('cash.purpose')),
    });
    if (!fine || !purpose) return;
    // A changed form is another gift; the same form sent twice is one.
    const of = JSON.stringify(value);
    if (form.current.of !== of) form.current = { id: newFormId(), of };
    const { targetId: _target, ...rest } = value;
    const target = { kind: purpose.kind, id: purpose.id };
    const body = { ...rest, target, formId: form.current.id };
    take.run({ params: { counterId: counter.id }, body }, (slip) => {
      say(t('cash.took', { number: slip.number }));
      onTaken(slip);
    });
  }
  return (
    <Form scope="cash" onSend={send} errors={checks.errors} call={take} send={t('cash.takeSend')}>
      <YuanField {...field('amountYuan')} label={t('cash.amount')} autoFocus />
      <Select
        {...field('targetId')}
        label={t('cash.purpose')}
        hint={purpose?.formSentence}
        placeholder=""
        options={purposes.map((one) => ({ value: one.id, label: one.label }))}
      />
      {purpose?.residentsOnly && <p className="soft">{t('cash.residentsOnly')}</p>}
      <TextField
        {...field('giverName')}
        label={t('cash.giver')}
        hint={t('cash.giverHint')}
        optional
        maxLength={20}
      />
      {value.giverName.trim() !== '' && (
        <Checkbox {...tick('hideFromPublic')} label={t('cash.hide')} />
      )}
      <TextField
        {...field('telephone')}
        label={t('cash.telephone')}
        hint={t('cash.telephoneHint')}
        type="tel"
        inputMode="tel"
        optional
      />
    </Form>
  );
}
