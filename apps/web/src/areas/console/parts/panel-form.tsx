import type { ReactNode } from 'react';
import type { ApiRefusal } from '../../../shared/api/refusal.ts';
import { Button, Form } from '../../../shared/ui/index.ts';

export interface DoneProps {
  onDone: () => void;
}

interface PanelProps {
  /** Tells apart the fields of several forms on one page. */
  scope?: string;
  onSend: () => void;
  errors: Record<string, string>;
  call: { busy: boolean; refusal: ApiRefusal | null };
  /** What its button says. */
  send: string;
  children: ReactNode;
}

/** A form in a panel with its one button. */
export function PanelForm({ scope, onSend, errors, call, send, children }: PanelProps) {
  return (
    <section className="panel">
      <Form scope={scope} onSend={onSend} errors={errors} refusal={call.refusal} busy={call.busy}>
        {children}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={call.busy}>
            {send}
          </Button>
        </div>
      </Form>
    </section>
  );
}
