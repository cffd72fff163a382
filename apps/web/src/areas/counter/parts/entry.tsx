import { useEffect, useRef, useState } from 'react';

/** The one field of a till: it takes what is scanned or typed, and keeps the focus. */
export function Entry(props: {
  label: string;
  hint: string;
  onEnter: (text: string) => void;
  active: boolean;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    if (props.active) field.current?.focus();
  }, [props.active]);
  return (
    <form
      className="till-entry"
      onSubmit={(event) => {
        event.preventDefault();
        setText('');
        props.onEnter(text);
        field.current?.focus();
      }}
    >
      <label htmlFor="till-entry">{props.label}</label>
      <input
        id="till-entry"
        ref={field}
        className="input"
        autoComplete="off"
        value={text}
        aria-describedby="till-entry-hint"
        onChange={(event) => setText(event.target.value)}
      />
      <small id="till-entry-hint">{props.hint}</small>
    </form>
  );
}
