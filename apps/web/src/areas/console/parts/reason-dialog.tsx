import { type ReactNode, useState } from 'react';
import {
  type ButtonKind,
  type CallState,
  Dialog,
  Form,
  TextArea,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from './checks.ts';

interface ReasonDialogProps {
  title: string;
  lead?: ReactNode;
  /** What the reason is asked as. */
  label: string;
  hint?: string;
  /** What its button says. */
  send: string;
  kind?: ButtonKind;
  call: CallState;
  onSend: (reason: string) => void;
  onClose: () => void;
}

/** Asks for the reason of an act before it is done. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { label, call, onSend } = props;
  const [reason, setReason] = useState('');
  const checks = useChecks();
  const filled = useFilled();
  return (
    <Dialog title={props.title} open onClose={props.onClose}>
      {props.lead && <p className="soft">{props.lead}</p>}
      <Form
        scope="reason"
        call={call}
        errors={checks.errors}
        onSend={() => {
          if (checks.pass({ reason: filled(reason, label) })) onSend(reason);
        }}
        send={props.send}
        kind={props.kind}
      >
        <TextArea
          name="reason"
          label={label}
          hint={props.hint}
          rows={2}
          most={2000}
          value={reason}
          onChange={setReason}
        />
      </Form>
    </Dialog>
  );
}
