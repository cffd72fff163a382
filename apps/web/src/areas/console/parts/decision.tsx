import type { RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  type ButtonKind,
  type CallState,
  DateText,
  Dialog,
  Form,
  type Step,
  TextArea,
} from '../../../shared/ui/index.ts';
import { useChecks } from './checks.ts';

/** One of the two words that can be said. */
interface Choice<Word extends string> {
  word: Word;
  says: string;
  /** What screen readers hear, where several decisions stand on a page. */
  label?: string;
  kind?: ButtonKind;
  /** The sentence for who says it without writing anything; without one, nothing need be written. */
  reasonNeeded?: string;
  /** What is asked once more before it counts. */
  confirm?: string;
}

interface DecisionFormProps<Word extends string> {
  yes: Choice<Word>;
  no: Choice<Word>;
  /** What is written beside it, named as the contract names it. */
  note: { name: string; label: string; hint?: string; optional?: boolean; most?: number };
  call: CallState;
  scope?: string;
  /** Why nothing can be decided now. */
  refusedBecause?: string;
  onDecide: (word: Word, note: string) => void;
}

/** Somebody's word on what another proposed or asked: yes or no, with what she writes, once more if it weighs. */
export function DecisionForm<Word extends string>(props: DecisionFormProps<Word>) {
  const { yes, no, note, call, scope, refusedBecause, onDecide } = props;
  const noKind = no.kind ?? 'danger';
  const { t: shared } = useTranslation();
  const [text, setText] = useState('');
  const [asking, setAsking] = useState<Word | null>(null);
  const asked = [yes, no].find((choice) => choice.word === asking);
  const checks = useChecks();
  function decide({ word }: Choice<Word>) {
    setAsking(null);
    onDecide(word, text);
  }
  function ask(choice: Choice<Word>) {
    if (!checks.pass({ [note.name]: text.trim() === '' && choice.reasonNeeded })) return;
    if (choice.confirm) setAsking(choice.word);
    else decide(choice);
  }
  return (
    <>
      <Form scope={scope} onSend={() => ask(yes)} errors={checks.errors} call={call}>
        <TextArea optional most={2000} rows={2} {...note} value={text} onChange={setText} />
        <div className="form-actions">
          <Button
            type="submit"
            kind="primary"
            label={yes.label}
            busy={call.busy}
            refusedBecause={refusedBecause}
          >
            {yes.says}
          </Button>
          <Button
            kind={noKind}
            label={no.label}
            busy={call.busy}
            refusedBecause={refusedBecause}
            onPress={() => ask(no)}
          >
            {no.says}
          </Button>
        </div>
      </Form>
      <Dialog title={asked?.says ?? ''} open={asked !== undefined} onClose={() => setAsking(null)}>
        <p>{asked?.confirm}</p>
        <div className="form-actions">
          <Button kind={asked === no ? noKind : 'primary'} onPress={() => asked && decide(asked)}>
            {asked?.says}
          </Button>
          <Button onPress={() => setAsking(null)}>{shared('cancel')}</Button>
        </div>
      </Dialog>
    </>
  );
}

type Approval = Pick<
  RouteOutput<typeof routes.fund.readProposal>,
  'proposedBy' | 'proposedAt' | 'steps'
>;

/** Who proposed it and what each approver said; `isOpen` while the next is awaited. */
export function useApprovalSteps(approval: Approval, isOpen: boolean): Step[] {
  const { t } = useTranslation('console');
  const waiting = isOpen ? approval.steps.findIndex((step) => step.decision === null) : -1;
  return [
    {
      key: 'proposed',
      state: 'done',
      title: t('proposal.proposed', { name: approval.proposedBy }),
      children: <DateText at={approval.proposedAt} />,
    },
    ...approval.steps.map((step, place): Step => ({
      key: String(step.order),
      state: step.decision ? 'done' : place === waiting ? 'now' : 'ahead',
      title: step.decision
        ? t(step.decision === 'approve' ? 'proposal.approved' : 'proposal.refused', {
            name: step.byName ?? '',
          })
        : t('proposal.stepWait', { order: step.order }),
      children: (
        <>
          {step.at && <DateText at={step.at} />}
          {step.note && <p className="pre">{step.note}</p>}
        </>
      ),
    })),
  ];
}
