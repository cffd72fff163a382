import { useTranslation } from 'react-i18next';
import { useFilled } from '../parts/checks.ts';
import { MoveFrame } from './move-frame.tsx';
import { commonFields, type MoveProps, useMove } from './use-move.ts';

/** Moves that need nothing but a note, a reason or pictures. */
export type PlainMove =
  | 'return_for_more'
  | 'answer'
  | 'send_up'
  | 'assess'
  | 'refuse'
  | 'appeal'
  | 'uphold'
  | 'overturn'
  | 'note_referral_result'
  | 'withdraw'
  | 'start'
  | 'deliver'
  | 'note_try'
  | 'close'
  | 'give_up'
  | 'reopen'
  | 'undo'
  | 'note';

const reasonMoves: readonly PlainMove[] = [
  'return_for_more',
  'send_up',
  'assess',
  'refuse',
  'appeal',
  'uphold',
  'overturn',
  'note_referral_result',
  'withdraw',
  'give_up',
  'reopen',
  'answer',
  'note',
  'note_try',
];
const photoMoves: readonly PlainMove[] = ['deliver', 'answer', 'note', 'assess', 'start'];

/** A move with its reason or note; delivery asks for a picture of the thing. */
export function NoteMove(props: Omit<MoveProps, 'move'> & { move: PlainMove }) {
  const { t } = useTranslation('console');
  const { move } = props;
  const form = useMove(props, commonFields);
  const filled = useFilled();
  const asksReason = reasonMoves.includes(move);
  const told = asksReason && !['note', 'note_try', 'send_up', 'assess', 'answer'].includes(move);
  function send() {
    const found = {
      note:
        asksReason &&
        filled(form.value.note, t(told ? 'need.field.noteReason' : 'need.field.note')),
    };
    if (form.checks.pass(found)) form.submit({ move, ...form.common() });
  }
  return (
    <MoveFrame
      {...props}
      form={form}
      onSend={send}
      note={move === 'undo' ? 'none' : told ? 'reason' : asksReason ? 'required' : 'note'}
      photos={
        photoMoves.includes(move)
          ? move === 'deliver'
            ? t('need.field.photosThing')
            : ''
          : undefined
      }
    />
  );
}
