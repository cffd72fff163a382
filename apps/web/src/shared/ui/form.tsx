import { newId } from '@wennuan/basics';
import { type FormEvent, type ReactNode, useContext, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiRefusal } from '../api/refusal.ts';
import { Button, type ButtonKind } from './button.tsx';
import { FieldErrors, fieldId, FormScope } from './fields.tsx';

/** Made once per form and sent with it, so that a repeated tap does the thing once. */
export const newFormId = () => newId();

/** The sentence of a refusal in the reader's language; outages have words of their own. */
export function useRefusalText() {
  const { t } = useTranslation();
  return (refusal: ApiRefusal) => {
    if (refusal.message) return refusal.message;
    return t(refusal.code === 'network' ? 'error.network' : 'error.unreadable');
  };
}

interface ErrorSummaryProps {
  /** Messages by field name; the empty name is for the whole form. */
  errors: Record<string, string>;
}

/** What has to be corrected, each with a link to its field; focused when it appears. */
function ErrorSummary({ errors }: ErrorSummaryProps) {
  const { t } = useTranslation();
  const scope = useContext(FormScope);
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(errors);
  const said = entries.map(([, message]) => message).join('\n');
  useEffect(() => {
    if (said) box.current?.focus();
  }, [said]);
  if (entries.length === 0) return null;
  const onlyWhole = entries.length === 1 && entries[0]![0] === '';
  return (
    <div ref={box} className="error-summary" role="alert" tabIndex={-1}>
      <h2>{onlyWhole ? t('error.failed') : t('error.summary', { count: entries.length })}</h2>
      <ul>
        {entries.map(([name, message]) => (
          <li key={name}>{name ? <a href={`#${fieldId(scope, name)}`}>{message}</a> : message}</li>
        ))}
      </ul>
    </div>
  );
}

/** What sends a form: whether it is on its way, and what the server refused. */
export interface CallState {
  busy: boolean;
  refusal: ApiRefusal | null;
}

export interface FormProps {
  /** Called when it is sent and not busy. */
  onSend: () => void;
  /** What the page itself found wrong, by field name; shown after a try to send. */
  errors?: Record<string, string>;
  /** Its refusal stands beside its field; while it is busy nothing is sent twice. */
  call?: CallState;
  /** What its button says; left out where the form has buttons of its own. */
  send?: string;
  /** How its button looks: as the page's main act, unless said otherwise. */
  kind?: ButtonKind;
  /** A word that sets its fields apart when the page has another form. */
  scope?: string;
  children: ReactNode;
}

const notSent: CallState = { busy: false, refusal: null };

/** A form: shows what is wrong at the top and beside each field, and never sends twice. */
export function Form({
  onSend,
  errors = {},
  call: { busy, refusal } = notSent,
  send,
  kind = 'primary',
  scope = '',
  children,
}: FormProps) {
  const text = useRefusalText();
  const all = refusal ? { ...errors, [refusal.field ?? '']: text(refusal) } : errors;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!busy) onSend();
  }
  return (
    <FormScope.Provider value={scope}>
      <FieldErrors.Provider value={all}>
        <form className="form" noValidate onSubmit={submit}>
          <ErrorSummary errors={all} />
          {children}
          {send && (
            <div className="form-actions">
              <Button type="submit" kind={kind} busy={busy}>
                {send}
              </Button>
            </div>
          )}
        </form>
      </FieldErrors.Provider>
    </FormScope.Provider>
  );
}
