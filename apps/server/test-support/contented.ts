import { Refusal, type Id } from '@wennuan/basics';
import { statutoryAids, type NeedState, type Role } from '@wennuan/contract';
import { decide } from '../src/modules/need/need.decide.ts';
import type { MoveContext, MoveInput } from '../src/modules/need/need.guards.ts';
import { moveRules } from '../src/modules/need/need.moves.ts';
import type { LoopMove, Need } from '../src/modules/need/need.ts';
import { systemActor, type Actor } from '../src/platform/actor.ts';

export const ASKER: Id = 'a0000000-0000-7000-8000-000000000001';
export const OFFICER: Id = 'a0000000-0000-7000-8000-000000000002';
const NOW = new Date('2026-11-23T09:00:00+08:00');
export type Who = Role | 'asker';

/** Somebody in a role, or the asker, or the system. */
export function actorAs(who: Who | 'system'): Actor {
  if (who === 'system') return systemActor('test');
  const isAsker = who === 'asker';
  return {
    ...systemActor(''),
    login: isAsker || who === 'resident' || who === 'enterprise_agent' ? 'resident' : 'staff',
    role: isAsker ? 'resident' : who,
    accountId: isAsker ? ASKER : OFFICER,
    areaIds: [1],
  };
}

function needIn(state: NeedState, change: Partial<Need> = {}): Need {
  return {
    id: 'b0000000-0000-7000-8000-000000000001',
    number: 'QZ-000001',
    kind: 'help_request',
    state,
    areaId: 1,
    accountId: ASKER,
    personId: null,
    filedById: ASKER,
    filedAt: NOW,
    version: 0,
    amountFen: 10_000,
    level: 'community',
    assessed: false,
    handledById: null,
    finding: null,
    priceFen: null,
    verifiedAt: null,
    expiresOn: null,
    deliveredAt: null,
    deliveredById: null,
    refusedAt: NOW,
    refusedLevel: 'community',
    appeal: null,
    mergedInto: null,
    itemId: null,
    closedAt: null,
    reopened: 0,
    usedMinutes: {},
    dueAt: null,
    federationSince: null,
    ...change,
  };
}

/** A move with everything it could want, so that no guard has a reason of its own to say no. */
export function contented(move: LoopMove, state: NeedState, who: Who | 'system'): MoveContext {
  const change: Partial<Need> = {};
  if (move === 'uphold' || move === 'overturn') {
    change.appeal = 'open';
    if (who === 'district_officer') change.refusedLevel = 'street';
  }
  if (move === 'assess') change.level = 'street';
  if (['confirm', 'call_back', 'paper_slip', 'note_try', 'give_up'].includes(move))
    change.deliveredAt = NOW;
  const actor = actorAs(who);
  return {
    need: needIn(state, change),
    actor,
    now: NOW,
    input: {
      move,
      version: 0,
      note: '说明',
      attachmentIds: [OFFICER],
      finding: 'true',
      met: 'yes',
      way: 'fund',
      words: '收到了',
      visitedAt: NOW.toISOString(),
      calledAt: NOW.toISOString(),
      validUntil: '2026-12-31',
      priceYuan: null,
      publicTitle: null,
      publicText: null,
      secondSource: '邻居',
      statutory: statutoryAids.map((aid) => ({ aid, result: 'not_entitled', note: '' })),
      to: 'dibao',
      reason: '符合条件',
      cause: who === 'system' ? 'expired' : 'moved',
      intoNumber: 'QZ-000002',
    } as unknown as MoveInput,
    facts: {
      askerName: '王小芳',
      verification: {
        finding: 'true',
        publicTitle: '风扇',
        publicText: '一台风扇',
        statutory: statutoryAids.map((aid) => ({ aid, result: 'not_entitled' })),
      },
      referrals: move === 'note_referral_result' ? [{ to: 'tekun', done: false }] : [],
      tryDays: ['2026-11-20', '2026-11-21', '2026-11-22'],
      actorIsRelative: false,
      mergeTarget: needIn('verified', { id: 'b0000000-0000-7000-8000-000000000002' }),
      lastEvent: { id: ASKER, move: 'verify', actorId: actor.accountId, undoUntil: NOW },
    },
  };
}

/** Where the table leads, or the code of its refusal. */
export function verdict(context: MoveContext, rules = moveRules): string {
  try {
    return decide(context, rules).to;
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.code;
    throw thrown;
  }
}
