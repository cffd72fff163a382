import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiRefusal } from '../../../shared/api/refusal.ts';
import { Button, DateField, Form, TextField } from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from './checks.ts';
import { today } from './instants.ts';

interface PaymentFormProps {
  send: string;
  busy: boolean;
  refusal: ApiRefusal | null;
  onSend: (payment: { bankReference: string; paidOn: string }) => void;
}

/** The bank's reference and the day, for what was paid out or came in. */
export function PaymentForm({ send, busy, refusal, onSend }: PaymentFormProps) {
  const { t } = useTranslation('console');
  const [bankReference, setBankReference] = useState('');
  const [paidOn, setPaidOn] = useState(today);
  const checks = useChecks();
  const filled = useFilled();
  return (
    <Form
      busy={busy}
      errors={checks.errors}
      refusal={refusal}
      onSend={() => {
        const fine = checks.pass({
          bankReference: filled(bankReference, t('proposal.bankReference')),
          paidOn: filled(paidOn, t('proposal.paidDate')),
        });
        if (fine) onSend({ bankReference, paidOn });
      }}
    >
      <TextField
        name="bankReference"
        label={t('proposal.bankReference')}
        hint={t('proposal.bankReferenceHint')}
        value={bankReference}
        onChange={setBankReference}
      />
      <DateField
        name="paidOn"
        label={t('proposal.paidDate')}
        max={today()}
        value={paidOn}
        onChange={setPaidOn}
      />
      <div className="form-actions">
        <Button type="submit" kind="primary" busy={busy}>
          {send}
        </Button>
      </div>
    </Form>
  );
}
