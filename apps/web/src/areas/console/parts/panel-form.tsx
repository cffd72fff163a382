import { Form, type FormProps } from '../../../shared/ui/index.ts';

export interface DoneProps {
  onDone: () => void;
}

/** A form in a panel of its own. */
export function PanelForm(form: FormProps) {
  return (
    <section className="panel">
      <Form {...form} />
    </section>
  );
}
