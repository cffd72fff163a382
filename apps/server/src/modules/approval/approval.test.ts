import { describe, expect, test } from 'vitest';
import { approversFor, mayNotDecide, stateAfter, type OpenApproval } from './approval.ts';

const limits = [
  { aboveFen: 0, approvers: 2 },
  { aboveFen: 1_000_000, approvers: 3 },
];
const open: OpenApproval = {
  state: 'open',
  proposerId: 'proposer',
  approvers: 2,
  organizationIds: ['supplier'],
  decidedBy: [],
};
const decider = { accountId: 'first', organizationId: null, related: false };

describe('how many must agree', () => {
  test.each([
    [1, 2],
    [1_000_000, 2],
    [1_000_001, 3],
  ])('%i fen want %i', (amountFen, approvers) => {
    expect(approversFor(limits, amountFen)).toBe(approvers);
  });

  test('never fewer than two, also when the table of limits is empty', () => {
    expect(approversFor([], 5)).toBe(2);
  });
});

describe('who may decide', () => {
  test('somebody who has nothing to do with it may', () => {
    expect(mayNotDecide(open, decider)).toBeNull();
  });

  test.each([
    ['the proposer', open, { ...decider, accountId: 'proposer' }, 'approver_is_proposer'],
    ['who has decided', { ...open, decidedBy: ['first'] }, decider, 'approver_already_decided'],
    ['a relative', open, { ...decider, related: true }, 'approver_related'],
    ['an agent of the payee', open, { ...decider, organizationId: 'supplier' }, 'approver_related'],
    [
      'anybody once it is closed',
      { ...open, state: 'approved' as const },
      decider,
      'approval_closed',
    ],
  ])('%s may not', (_who, approval, person, code) => {
    expect(mayNotDecide(approval, person)).toBe(code);
  });
});

describe('after a word', () => {
  test('the second agreement completes it, the first does not', () => {
    expect(stateAfter(open, { decision: 'approve', note: '' })).toBe('open');
    const second = { ...open, decidedBy: ['first'] };
    expect(stateAfter(second, { decision: 'approve', note: '' })).toBe('approved');
  });

  test('one refusal ends it, and wants a reason', () => {
    expect(stateAfter(open, { decision: 'refuse', note: '价格偏高' })).toBe('refused');
    expect(() => stateAfter(open, { decision: 'refuse', note: '  ' })).toThrow('reason_required');
  });
});
