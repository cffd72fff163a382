import { useState } from 'react';
import { type CallState, Form, TextField } from '../../../shared/ui/index.ts';

interface NoteHowProps {
  /** Sets its field apart from those of other notes on the page. */
  scope: string;
  /** What is tapped to open it, and what its button says. */
  words: { open: string; label: string; hint: string; send: string };
  call: CallState;
  onSend: (how: string) => void;
}

/** A line behind a tap: what became of something that waited for a person. */
export function NoteHow({ scope, words, call, onSend }: NoteHowProps) {
  const [how, setHow] = useState('');
  return (
    <details>
      <summary>{words.open}</summary>
      <Form scope={scope} call={call} send={words.send} onSend={() => onSend(how)}>
        <TextField name="how" label={words.label} hint={words.hint} value={how} onChange={setHow} />
      </Form>
    </details>
  );
}
