import { routes } from '@wennuan/contract';
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
import { useValues, type Values } from '../../../shared/values.ts';
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
  const form = useValues(empty);
  const { value, update, field } = form;
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
      <MoneyFields {...form} />
      <BasisFields {...form} />
      <TextArea {...field('reason')} label={t('books.changes.reason')} rows={3} most={2000} />
    </PanelForm>
  );
}

type FieldsProps = Values<Value>;

function MoneyFields({ value, field }: FieldsProps) {
  const { t } = useTranslation('console');
  const accounts = useAccounts();
  return (
    <div className="field-row">
      {value.basis === 'donor_consent' ? (
        <TextField
          {...field('giftNumber')}
          label={t('books.changes.gift')}
          hint={t('books.changes.giftHint')}
        />
      ) : (
        <Select
          {...field('fromAccountId')}
          label={t('books.changes.from')}
          placeholder=""
          options={accounts}
        />
      )}
      <Select
        {...field('toAccountId')}
        label={t('books.changes.to')}
        placeholder=""
        options={accounts}
      />
      <YuanField
        {...field('amountYuan')}
        label={t('books.changes.amount')}
        hint={t('books.changes.amountHint')}
        optional
      />
    </div>
  );
}

function BasisFields({ value, field }: FieldsProps) {
  const { t } = useTranslation('console');
  const byGift = value.basis === 'donor_consent';
  return (
    <>
      <div className="field-row">
        <TextField
          {...field('basisText')}
          label={t(byGift ? 'books.changes.consentText' : 'books.changes.filingText')}
          hint={byGift ? t('books.changes.consentHint') : undefined}
        />
        <DateField {...field('basisOn')} label={t('books.changes.basisOn')} max={today()} />
      </div>
      {byGift && <PhotoField {...field('attachmentIds')} label={t('books.changes.photos')} />}
    </>
  );
}
