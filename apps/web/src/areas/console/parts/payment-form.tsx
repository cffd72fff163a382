import { useTranslation } from 'react-i18next';
import { type CallState, DateField, Form, TextField } from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from './checks.ts';
import { today } from './instants.ts';

interface PaymentFormProps {
  send: string;
  call: CallState;
  onSend: (payment: { bankReference: string; paidOn: string }) => void;
}

/** The bank's reference and the day, for what was paid out or came in. */
export function PaymentForm({ send, call, onSend }: PaymentFormProps) {
  const { t } = useTranslation('console');
  const { value, field } = useValues({ bankReference: '', paidOn: today() });
  const checks = useChecks();
  const filled = useFilled();
  return (
    <Form
      send={send}
      call={call}
      errors={checks.errors}
      onSend={() => {
        const fine = checks.pass({
          bankReference: filled(value.bankReference, t('proposal.bankReference')),
          paidOn: filled(value.paidOn, t('proposal.paidDate')),
        });
        if (fine) onSend(value);
      }}
    >
      <TextField
        {...field('bankReference')}
        label={t('proposal.bankReference')}
        hint={t('proposal.bankReferenceHint')}
      />
      <DateField {...field('paidOn')} label={t('proposal.paidDate')} max={today()} />
    </Form>
  );
}
