import { FeedbackMove } from './feedback-move.tsx';
import { MatchMove } from './match-move.tsx';
import { LapseMove, MergeMove, ReferMove } from './merge-refer-lapse.tsx';
import { NoteMove } from './note-move.tsx';
import type { MoveProps } from './use-move.ts';
import { VerifyMove } from './verify-move.tsx';

/** The form of a move. */
export function MoveForm({ move, ...props }: MoveProps) {
  switch (move) {
    case 'verify':
      return <VerifyMove {...props} move={move} />;
    case 'merge':
      return <MergeMove {...props} move={move} />;
    case 'refer':
      return <ReferMove {...props} move={move} />;
    case 'match':
      return <MatchMove {...props} move={move} />;
    case 'lapse':
      return <LapseMove {...props} move={move} />;
    case 'confirm':
    case 'call_back':
    case 'paper_slip':
      return <FeedbackMove {...props} move={move} />;
    default:
      return <NoteMove {...props} move={move} />;
  }
}
