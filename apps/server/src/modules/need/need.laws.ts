import { needStates, type NeedState } from '@wennuan/contract';
import { targetsFrom, type MoveRule } from './need.moves.ts';
import type { LoopMove } from './need.ts';

const feedbackMoves: readonly LoopMove[] = ['confirm', 'call_back', 'paper_slip'];
/** Moves that may post or hand on money or goods: they can be opposed, never undone. */
const moneyMoves: readonly LoopMove[] = [
  'match',
  'gift_complete',
  'start',
  'deliver',
  'close',
  'give_up',
  'lapse',
  'withdraw',
  'reopen',
];

/**
 * Laws the table must keep, each as a sentence when it is broken. The application does not start with
 * a broken table, and a test breaks every law once to see that it is noticed.
 */
export function brokenLaws(rules: readonly MoveRule[], finals: readonly NeedState[]): string[] {
  const broken: string[] = [];
  const reached = reachable(rules);
  for (const state of needStates) {
    if (!reached.has(state)) broken.push(`${state} cannot be reached`);
    const hasWayOut = rules.some(
      (rule) =>
        rule.from.includes(state) &&
        rule.by.some((mover) => mover !== 'system') &&
        targetsFrom(rule, state).some((to) => to !== state),
    );
    if (!finals.includes(state) && !hasWayOut) broken.push(`${state} has no way out`);
  }
  for (const rule of rules) broken.push(...brokenBy(rule));
  return broken;
}

function brokenBy(rule: MoveRule): string[] {
  const broken: string[] = [];
  for (const from of rule.from) {
    const targets = targetsFrom(rule, from).filter((to) => to !== from);
    if (targets.includes('closed') && from !== 'fed_back')
      broken.push(`${rule.move} closes from ${from} without feedback`);
    if (targets.includes('fed_back') && !feedbackMoves.includes(rule.move))
      broken.push(`${rule.move} makes feedback of ${from} without the asker's word`);
    if (targets.includes('unconfirmed') && !rule.guards.includes('tries_enough'))
      broken.push(`${rule.move} gives up without three tries`);
    if (rule.undoable && from === 'closed') broken.push(`undoing ${rule.move} would close`);
  }
  if (rule.undoable && moneyMoves.includes(rule.move))
    broken.push(`${rule.move} moves money and cannot be undone`);
  if (rule.by.length === 0) broken.push(`nobody may ${rule.move}`);
  return broken;
}

function reachable(rules: readonly MoveRule[]): Set<NeedState> {
  const reached = new Set<NeedState>(['submitted']);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const rule of rules)
      for (const from of rule.from)
        if (reached.has(from)) for (const to of targetsFrom(rule, from)) reached.add(to);
  }
  return reached;
}
