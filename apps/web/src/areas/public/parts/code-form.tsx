import { type FormEvent, useState } from 'react';
import { Button, TextField } from '../../../shared/ui/index.ts';

interface CodeFormProps {
  /** The page's own address: without JavaScript the form asks the server. */
  action: string;
  label: string;
  hint: string;
  /** What its button says. */
  look: string;
  code: string;
  onLook: (code: string) => void;
}

/** Asks for the code on a paper; a plain form that stays inside the app where there is JavaScript. */
export function CodeForm({ action, label, hint, look, code, onLook }: CodeFormProps) {
  const [typed, setTyped] = useState(code);
  function send(event: FormEvent) {
    event.preventDefault();
    const wanted = typed.normalize('NFKC').trim();
    if (wanted) onLook(wanted);
  }
  return (
    <form action={action} method="get" className="form" onSubmit={send}>
      <TextField
        name="code"
        label={label}
        hint={hint}
        maxLength={40}
        value={typed}
        onChange={setTyped}
      />
      <div className="form-actions">
        <Button type="submit" kind="primary">
          {look}
        </Button>
      </div>
    </form>
  );
}
