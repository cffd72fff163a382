import { expect, test } from 'vitest';
import { billFile, platformFile } from '../../../test-support/statements.ts';
import { StatementFacts } from './facts.ts';
import { readStatement } from './read-statement.ts';

const NOW = new Date('2026-11-23T09:00:00+08:00');
const orders = ['A1', 'A2', 'A3', 'A4', 'A5'];

function readBoth(): StatementFacts {
  const facts = new StatementFacts();
  const bill = readStatement(
    billFile([
      ...orders.map((order) => ({ order })),
      { order: 'A1', refund: { number: 'R1', amount: '1.00' } },
      { order: 'A1', refund: { number: 'R2', amount: '2.00' } },
      { order: 'ALONE', refund: { number: 'R3', amount: '3.00' } },
    ]),
    NOW,
  );
  const exported = readStatement(platformFile(orders.map((order) => ({ order }))), NOW);
  if (bill.kind !== 'wechat' || exported.kind !== 'platform') throw new Error('not read');
  facts.addBill(bill, 0);
  facts.addExport(exported, 1);
  return facts;
}

test('portions hold all of it once, and what is of one order together', () => {
  const facts = readBoth();
  expect(facts.orders()).toEqual([...orders, 'ALONE']);
  const portions = [...facts.portions(2)];
  expect(portions.map(({ payments }) => payments.map((one) => one.order))).toEqual([
    ['A1', 'A2'],
    ['A3', 'A4'],
    ['A5'],
  ]);
  const refunds = portions.map((portion) => portion.refunds.map((one) => one.refundNumber));
  expect(refunds).toEqual([['R1', 'R2'], [], ['R3']]);
  expect(portions.flatMap(({ payments }) => payments).every((one) => one.platform)).toBe(true);
  // What was handed out is let go of.
  expect([...facts.portions(2)]).toEqual([]);
});
