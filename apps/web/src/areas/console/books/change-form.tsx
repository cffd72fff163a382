import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DateField,
  PhotoField,
  RadioGroup,
  say,
  Select,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { useAccounts } from './accounts.ts';
import { PanelForm } from '../parts/panel-form.tsx';

const bases = ['donor_consent', 'filing'] as const;
const empty = {
  basis: 'donor_consent' as (typeof bases)[number],
  giftNumber: '',
  fromAccountId: '',
  toAccountId: '',
  amountYuan: '',
  basisText: '',
  basisOn: today(),
  reason: '',
  attachmentIds: [] as string[],
};
type Value = typeof empty;

/** Proposes another purpose: for one gift with consent, or for a remainder with a new filing. */
export function ChangeForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const [value, setValue] = useState(empty);
  const update = (change: Partial<Value>) => setValue((now) => ({ ...now, ...change }));
  const propose = useSend(routes.payout.proposePurposeChange);
  const checks = useChecks();
  const filled = useFilled();
  const byGift = value.basis === 'donor_consent';
  function send() {
    const fine = checks.pass({
      giftNumber: byGift && filled(value.giftNumber, t('books.changes.gift')),
      fromAccountId: !byGift && filled(value.fromAccountId, t('books.changes.from')),
      toAccountId: filled(value.toAccountId, t('books.changes.to')),
      basisText: filled(
        value.basisText,
        t(byGift ? 'books.changes.consentText' : 'books.changes.filingText'),
      ),
      reason: filled(value.reason, t('books.changes.reason')),
    });
    if (!fine) return;
    const body = { ...value, fromAccountId: byGift ? null : value.fromAccountId };
    propose.run({ body }, (made) => {
      say(t('books.changes.proposed', { number: made.number }));
      onDone();
    });
  }
  return (
    <PanelForm onSend={send} errors={checks.errors} call={propose} send={t('books.changes.send')}>
      <RadioGroup
        name="basis"
        label={t('books.changes.basis')}
        value={value.basis}
        onChange={(basis) => update({ basis: oneOf(bases, basis) ?? 'donor_consent' })}
        options={bases.map((basis) => ({
          value: basis,
          label: t(`books.changes.bases.${basis}`),
        }))}
      />
      <MoneyFields value={value} update={update} />
      <BasisFields value={value} update={update} />
      <TextArea
        name="reason"
        label={t('books.changes.reason')}
        rows={3}
        most={2000}
        value={value.reason}
        onChange={(reason) => update({ reason })}
      />
    </PanelForm>
  );
}

interface FieldsProps {
  value: Value;
  update: (change: Partial<Value>) => void;
}

function MoneyFields({ value, update }: FieldsProps) {
  const { t } = useTranslation('console');
  const accounts = useAccounts();
  return (
    <div className="field-row">
      {value.basis === 'donor_consent' ? (
        <TextField
          name="giftNumber"
          label={t('books.changes.gift')}
          hint={t('books.changes.giftHint')}
          value={value.giftNumber}
          onChange={(giftNumber) => update({ giftNumber })}
        />
      ) : (
        <Select
          name="fromAccountId"
          label={t('books.changes.from')}
          placeholder=""
          value={value.fromAccountId}
          onChange={(fromAccountId) => update({ fromAccountId })}
          options={accounts}
        />
      )}
      <Select
        name="toAccountId"
        label={t('books.changes.to')}
        placeholder=""
        value={value.toAccountId}
        onChange={(toAccountId) => update({ toAccountId })}
        options={accounts}
      />
      <YuanField
        name="amountYuan"
        label={t('books.changes.amount')}
        hint={t('books.changes.amountHint')}
        optional
        value={value.amountYuan}
        onChange={(amountYuan) => update({ amountYuan })}
      />
    </div>
  );
}

function BasisFields({ value, update }: FieldsProps) {
  const { t } = useTranslation('console');
  const byGift = value.basis === 'donor_consent';
  return (
    <>
      <div className="field-row">
        <TextField
          name="basisText"
          label={t(byGift ? 'books.changes.consentText' : 'books.changes.filingText')}
          hint={byGift ? t('books.changes.consentHint') : undefined}
          value={value.basisText}
          onChange={(basisText) => update({ basisText })}
        />
        <DateField
          name="basisOn"
          label={t('books.changes.basisOn')}
          max={today()}
          value={value.basisOn}
          onChange={(basisOn) => update({ basisOn })}
        />
      </div>
      {byGift && (
        <PhotoField
          name="attachmentIds"
          label={t('books.changes.photos')}
          value={value.attachmentIds}
          onChange={(attachmentIds) => update({ attachmentIds })}
        />
      )}
    </>
  );
}
