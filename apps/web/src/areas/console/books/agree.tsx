import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { say } from '../../../shared/ui/index.ts';
import { DecisionForm } from '../parts/decision.tsx';
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
  const decide = useSend(routes.payout[what]);
  if (!of.mayDecide) return of.mayNotWhy ? <p className="soft small">{of.mayNotWhy}</p> : null;
  const choice = (word: 'approve' | 'refuse') => {
    const says = t(`books.agree.${word}`);
    return { word, says, label: `${says} ${name}` };
  };
  return (
    <DecisionForm
      yes={choice('approve')}
      no={choice('refuse')}
      note={{ name: 'note', label: t('books.agree.note'), hint: t('books.agree.noteHint') }}
      call={decide}
      onDecide={(decision, note) =>
        decide.run({ body: { approvalIds: [of.approvalId], decision, note } }, () =>
          say(t('books.agree.done')),
        )
      }
    />
  );
}
