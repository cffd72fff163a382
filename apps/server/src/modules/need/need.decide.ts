import { Refusal } from '@wennuan/basics';
import { needMoves, refusalSentence, type NeedState, type RefusalCode } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import {
  firstRefusal,
  moverWord,
  wrongState,
  type MoveContext,
  type MoveInput,
} from './need.guards.ts';
import { moveRules, type MoveRule } from './need.moves.ts';
import { isOpen, type Mover, type Need } from './need.ts';

/** As what an actor moves a need; null when she has nothing to do with it. */
export function moverOf(actor: Actor, need: Pick<Need, 'accountId'>): Mover | null {
  if (actor.login === 'system') return 'system';
  if (actor.login === 'resident') return actor.accountId === need.accountId ? 'asker' : null;
  return actor.role;
}

/** The row of the table a move goes by and where it leads. `previous` (undo) is for the caller to look up. */
export interface Decision {
  rule: MoveRule;
  to: NeedState | 'previous';
}

/**
 * Decides a move by the one table; throws the refusal when it is not possible, not the actor's, or a
 * guard says no.
 */
export function decide(context: MoveContext, rules: readonly MoveRule[] = moveRules): Decision {
  const { need, input, actor } = context;
  const known = rules.filter((rule) => rule.move === input.move && rule.kinds.includes(need.kind));
  const mover = moverOf(actor, need);
  const mine = known.filter((rule) => mover !== null && rule.by.includes(mover));
  if (known.length > 0 && mine.length === 0)
    throw new Refusal('move_not_yours', { who: moverWord(known[0]!.by[0]!, actor.language) });
  const rule = mine.find(({ from }) => from.includes(need.state));
  if (!rule) throw noWay(context);
  const refusal = firstRefusal(rule.guards, context);
  if (refusal) throw refusal;
  return { rule, to: targetOf(rule, need.state, input) };
}

/** Closing too early has a sentence of its own: it says what is missing. */
function noWay({ need, input, actor }: MoveContext): Refusal {
  if (input.move === 'close' && isOpen(need.state)) return new Refusal('feedback_required');
  return wrongState(need.state, actor.language);
}

function targetOf(rule: MoveRule, from: NeedState, input: MoveInput): NeedState | 'previous' {
  const { to } = rule;
  if (typeof to !== 'object') return to === 'same' ? from : to;
  const value = (input as unknown as Record<string, string>)[to.field] ?? '';
  const target = to.cases[value];
  if (target === undefined) throw new Refusal('input_invalid', {}, to.field);
  return target === 'same' ? from : target;
}

/** A move as the page offers it. */
export interface PossibleMove {
  move: (typeof needMoves)[number];
  allowed: boolean;
  why: string | null;
  undoUntil: string | null;
}

/** What the actor can do now, or cannot and why: from the table and the guards that need no input. */
export function possibleMoves(context: Omit<MoveContext, 'input'>): PossibleMove[] {
  const { need, actor, facts } = context;
  const mover = moverOf(actor, need);
  return needMoves.flatMap((move) => {
    const mine = moveRules.filter(
      (rule) =>
        rule.move === move &&
        rule.kinds.includes(need.kind) &&
        mover !== null &&
        rule.by.includes(mover),
    );
    if (mine.length === 0) return [];
    const input = { move, note: '', attachmentIds: [] } as unknown as MoveInput;
    const rule = mine.find(({ from }) => from.includes(need.state));
    const refusal = rule
      ? firstRefusal(rule.guards, { ...context, input }, true)
      : noWay({ ...context, input });
    // What another state would allow is not offered; closing is, with what it still lacks.
    if (!rule && refusal?.code !== 'feedback_required') return [];
    if (move === 'undo' && refusal) return [];
    return [
      {
        move,
        allowed: refusal === null,
        why:
          refusal && refusalSentence(refusal.code as RefusalCode, actor.language, refusal.params),
        undoUntil: move === 'undo' ? (facts.lastEvent?.undoUntil?.toISOString() ?? null) : null,
      },
    ];
  });
}
