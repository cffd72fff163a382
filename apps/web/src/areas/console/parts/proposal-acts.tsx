import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  Dialog,
  Form,
  Notice,
  say,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from './checks.ts';
import type { Proposal } from './codes.ts';
import { PaymentForm } from './payment-form.tsx';
import { useSend } from './send.ts';

/** The approver's decision with its note; asks once more before it counts; or says why she may not. */
export function Decide({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState<'approve' | 'refuse' | null>(null);
  const decide = useSend(routes.fund.decide);
  const checks = useChecks();
  if (!proposal.mayDecide)
    return (
      <Notice tone="warned" title={t('proposal.mayNot')}>
        <p>{proposal.mayNotWhy}</p>
      </Notice>
    );
  const ask = (decision: 'approve' | 'refuse') => {
    const lacking = decision === 'refuse' && note.trim() === '';
    if (checks.pass({ note: lacking && t('proposal.noteNeeded') })) setAsking(decision);
  };
  const send = (decision: 'approve' | 'refuse') => {
    setAsking(null);
    decide.run({ params: { approvalId: proposal.approvalId }, body: { decision, note } }, () =>
      say(t('proposal.decided')),
    );
  };
  return (
    <section className="panel">
      <h2>{t('proposal.decide')}</h2>
      <Form onSend={() => ask('approve')} errors={checks.errors} call={decide}>
        <TextArea
          name="note"
          label={t('proposal.note')}
          hint={t('proposal.noteHint')}
          optional
          rows={3}
          most={2000}
          value={note}
          onChange={setNote}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={decide.busy}>
            {t('proposal.approve')}
          </Button>
          <Button kind="danger" busy={decide.busy} onPress={() => ask('refuse')}>
            {t('proposal.refuse')}
          </Button>
        </div>
      </Form>
      <Dialog
        title={t(asking === 'refuse' ? 'proposal.refuse' : 'proposal.approve')}
        open={asking !== null}
        onClose={() => setAsking(null)}
      >
        <p>
          {asking === 'refuse'
            ? t('proposal.confirmRefuse')
            : t('proposal.confirmApprove', {
                amount: formatYuan(proposal.amountFen),
                payee: proposal.payeeLabel,
              })}
        </p>
        <div className="form-actions">
          <Button
            kind={asking === 'refuse' ? 'danger' : 'primary'}
            onPress={() => asking && send(asking)}
          >
            {t(asking === 'refuse' ? 'proposal.refuse' : 'proposal.approve')}
          </Button>
          <Button onPress={() => setAsking(null)}>{shared('cancel')}</Button>
        </div>
      </Dialog>
    </section>
  );
}

/** The accountant records that it was paid. */
export function Pay({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('console');
  const pay = useSend(routes.fund.pay);
  return (
    <section className="panel">
      <h2>{t('proposal.pay')}</h2>
      <p className="soft">{t('proposal.payNote')}</p>
      <PaymentForm
        send={t('proposal.paySend')}
        call={pay}
        onSend={(body) =>
          pay.run({ params: { proposalId: proposal.id }, body }, () => say(t('proposal.paid')))
        }
      />
    </section>
  );
}

/** Takes a proposal back before it is paid. */
export function CancelProposal({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const cancel = useSend(routes.fund.cancelProposal);
  const checks = useChecks();
  const filled = useFilled();
  return (
    <details className="panel">
      <summary>
        <h2>{t('proposal.cancel')}</h2>
      </summary>
      <Form
        call={cancel}
        errors={checks.errors}
        onSend={() => {
          if (checks.pass({ reason: filled(reason, t('proposal.cancelReason')) }))
            cancel.run({ params: { proposalId: proposal.id }, body: { reason } }, () =>
              say(t('proposal.cancelled')),
            );
        }}
        send={t('proposal.cancel')}
        kind="danger"
      >
        <TextField
          name="reason"
          label={t('proposal.cancelReason')}
          value={reason}
          onChange={setReason}
        />
      </Form>
    </details>
  );
}
