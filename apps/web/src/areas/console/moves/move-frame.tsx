import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PhotoField } from '../../../shared/ui/photo-field.tsx';
import { Button, dateWords, Form, Notice, TextArea } from '../../../shared/ui/index.ts';
import { Phrases } from '../parts/phrases.tsx';
import type { commonFields, MoveProps, useMove } from './use-move.ts';

interface MoveFrameProps extends MoveProps {
  form: ReturnType<typeof useMove<typeof commonFields>>;
  onSend: () => void;
  /** Whether the note is a reason the asker will read, a note that must or may be given, or not asked. */
  note?: 'reason' | 'required' | 'note' | 'none';
  /** What pictures are for; without it none are asked. */
  photos?: string;
  children?: ReactNode;
}

const phrased = [
  'verify',
  'return_for_more',
  'refuse',
  'send_up',
  'assess',
  'deliver',
  'note_try',
  'note',
  'start',
  'give_up',
  'call_back',
  'uphold',
  'overturn',
  'reopen',
  'note_referral_result',
] as const;
const hinted = [
  'return_for_more',
  'send_up',
  'refuse',
  'close',
  'note_try',
  'reopen',
  'give_up',
  'deliver',
  'undo',
  'note',
  'merge',
] as const;

/** Ready-made phrases of a move, or none. */
export function usePhrases(move: MoveProps['move']): string {
  const { t } = useTranslation('console');
  const known = phrased.find((one) => one === move);
  return known ? t(`need.phrase.${known}`) : '';
}

/** Round every move's form: what changed meanwhile, its own fields, note, pictures, the button. */
export function MoveFrame({
  need,
  move,
  form,
  onSend,
  note = 'note',
  photos,
  children,
}: MoveFrameProps) {
  const { t } = useTranslation('console');
  const phrases = usePhrases(move);
  const hint = hinted.find((one) => one === move);
  const { value, update, field } = form;
  const reason = note === 'reason';
  const noLonger = need.moves.find((one) => one.move === move && !one.allowed)?.why;
  return (
    <Form
      onSend={onSend}
      errors={form.checks.errors}
      call={{ busy: form.busy, refusal: form.stale ? null : form.refusal }}
    >
      {hint && <p className="soft">{t(`need.hint.${hint}`)}</p>}
      {form.stale && <Stale need={need} onAccept={form.accept} />}
      {children}
      {note !== 'none' && (
        <>
          <TextArea
            {...field('note')}
            label={t(reason ? 'need.field.noteReason' : 'need.field.note')}
            hint={t(reason ? 'need.field.noteReasonHint' : 'need.field.noteHint')}
            optional={note === 'note'}
            rows={3}
            most={2000}
          />
          {move !== 'verify' && (
            <Phrases
              kind={move}
              ready={phrases}
              text={value.note}
              onChange={(text) => update({ note: text })}
            />
          )}
        </>
      )}
      {photos !== undefined && (
        <PhotoField {...field('attachmentIds')} label={t('need.field.photos')} hint={photos} />
      )}
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          busy={form.busy}
          refusedBecause={
            noLonger
              ? t('need.field.noLonger', { why: noLonger })
              : form.stale
                ? t('need.field.stale')
                : undefined
          }
        >
          {t('need.field.send', { move: t(`codes.move.${move}`) })}
        </Button>
      </div>
    </Form>
  );
}

/** Somebody was quicker: what happened, and the way on without losing what was typed. */
function Stale({ need, onAccept }: { need: MoveProps['need']; onAccept: () => void }) {
  const { t, i18n } = useTranslation('console');
  const last = need.history.toSorted((left, right) => right.at.localeCompare(left.at))[0];
  return (
    <div role="alert">
      <Notice tone="warned" title={t('need.field.stale')}>
        {last && (
          <p>
            {t('need.field.staleBody', {
              name: last.byName,
              at: dateWords(last.at, i18n.language),
              move: t(`codes.move.${last.move}`),
              state: t(`codes.state.${need.state}`),
            })}
          </p>
        )}
        <p>
          <Button onPress={onAccept}>{t('need.field.staleAccept')}</Button>
        </p>
      </Notice>
    </div>
  );
}
