import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, Notice, say, TextField } from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from './checks.ts';
import type { Proposal } from './codes.ts';
import { DecisionForm } from './decision.tsx';
import { PaymentForm } from './payment-form.tsx';
import { useSend } from './send.ts';

/** The approver's decision with its note; asks once more before it counts; or says why she may not. */
export function Decide({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('console');
  const decide = useSend(routes.fund.decide);
  if (!proposal.mayDecide)
    return (
      <Notice tone="warned" title={t('proposal.mayNot')}>
        <p>{proposal.mayNotWhy}</p>
      </Notice>
    );
  const amount = formatYuan(proposal.amountFen);
  return (
    <section className="panel">
      <h2>{t('proposal.decide')}</h2>
      <DecisionForm
        yes={{
          word: 'approve',
          says: t('proposal.approve'),
          confirm: t('proposal.confirmApprove', { amount, payee: proposal.payeeLabel }),
        }}
        no={{
          word: 'refuse',
          says: t('proposal.refuse'),
          reasonNeeded: t('proposal.noteNeeded'),
          confirm: t('proposal.confirmRefuse'),
        }}
        note={{ name: 'note', label: t('proposal.note'), hint: t('proposal.noteHint') }}
        call={decide}
        onDecide={(decision, note) =>
          decide.run(
            { params: { approvalId: proposal.approvalId }, body: { decision, note } },
            () => say(t('proposal.decided')),
          )
        }
      />
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
