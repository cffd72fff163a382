import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, say, TextField } from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

type Agreed = Pick<
  RouteOutput<typeof routes.payout.payees>['items'][number],
  'approvalId' | 'steps' | 'mayDecide' | 'mayNotWhy'
>;

/** Who agreed so far and who is still to come, in a line. */
export function AgreeSteps({ of }: { of: Agreed }) {
  const { t } = useTranslation('console');
  return (
    <ul className="agree-steps small soft" aria-label={t('books.agree.steps')}>
      {of.steps.map((step) => (
        <li key={step.order}>
          {step.decision === null
            ? t('books.agree.stepWait', { order: step.order })
            : t(step.decision === 'approve' ? 'books.agree.step' : 'books.agree.stepRefused', {
                name: step.byName ?? '',
                note: step.note ?? '',
              })}
        </li>
      ))}
    </ul>
  );
}

interface AgreeProps {
  of: Agreed;
  name: string;
  /** Which of the two it is: both take the same word. */
  what: 'decideReturn' | 'decidePurposeChange';
}

/** One approver's word: agree, or refuse with a reason. */
export function Agree({ of, name, what }: AgreeProps) {
  const { t } = useTranslation('console');
  const [note, setNote] = useState('');
  const decide = useSend(routes.payout[what]);
  if (!of.mayDecide) return of.mayNotWhy ? <p className="soft small">{of.mayNotWhy}</p> : null;
  const send = (decision: 'approve' | 'refuse') =>
    decide.run({ body: { approvalIds: [of.approvalId], decision, note } }, () =>
      say(t('books.agree.done')),
    );
  return (
    <Form onSend={() => send('approve')} call={decide}>
      <TextField
        name="note"
        label={t('books.agree.note')}
        optional
        value={note}
        onChange={setNote}
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          busy={decide.busy}
          label={`${t('books.agree.approve')} ${name}`}
        >
          {t('books.agree.approve')}
        </Button>
        <Button
          kind="danger"
          busy={decide.busy}
          label={`${t('books.agree.refuse')} ${name}`}
          onPress={() => send('refuse')}
        >
          {t('books.agree.refuse')}
        </Button>
      </div>
    </Form>
  );
}
