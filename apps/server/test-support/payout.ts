import { newId, type Id } from '@wennuan/basics';
import type { PaymentConfig } from '../src/modules/payment/index.ts';
import { createPayout } from '../src/modules/payout/index.ts';
import { systemActor } from '../src/platform/actor.ts';
import { moneyDistrict } from './money.ts';

export type PayoutDistrict = Awaited<ReturnType<typeof payoutDistrict>>;

/** The money district with the module `payout`, and what its tests do again and again. */
export async function payoutDistrict(payments?: PaymentConfig) {
  const district = await moneyDistrict(payments);
  const { database, actors, persons } = district;
  const payout = createPayout({
    ...district,
    newId,
    names: district.access.names,
    resident: {
      people: async (_tx, ids) =>
        new Map(ids.flatMap((id) => (persons.has(id) ? [[id, persons.get(id)!] as const] : []))),
      shareWithFederation: async () => undefined,
    },
  });
  const as = (name: string) => actors[name]!;
  let numbers = 0;
  const part = {
    ...district,
    payout,
    as,
    /** Enters a bank account and has it signed by two. */
    async signed(ownerKind: 'organization' | 'person', ownerId: Id): Promise<Id> {
      numbers += 1;
      const [id] = await database.write(as('federation'), 'test.payee', (tx) =>
        payout.addPayees(tx, [
          {
            ownerKind,
            ownerId,
            holder: '测试户名',
            bank: '测试银行二七支行',
            number: `0000 0000 0000 ${String(1_000 + numbers)}`,
          },
        ]),
      );
      const [row] = await database.read(as('approver'), (tx) =>
        payout.listPayees(tx, { ids: [id!] }),
      );
      for (const name of ['approver', 'approver2'])
        await database.write(as(name), 'test.sign', (tx) =>
          payout.decidePayees(tx, {
            approvalIds: [row!.approvalId],
            decision: 'approve',
            note: '',
          }),
        );
      return id!;
    },
    /** A list proposed and agreed to; answers the proposal and its lines in order. */
    async agreed(
      payees: readonly { kind: 'person' | 'organization'; id: Id; amountFen: number }[],
    ) {
      const proposalId = await database.write(as('federation'), 'test.propose', (tx) =>
        district.fund.proposeList(tx, {
          fromAccountId: district.campaign,
          subject: { kind: 'test', id: newId() },
          purpose: '测试付款',
          lines: payees.map((payee) => ({
            id: newId(),
            payee:
              payee.kind === 'person'
                ? { kind: 'person', personId: payee.id }
                : { kind: 'organization', organizationId: payee.id },
            amountFen: payee.amountFen,
            label: '测试',
          })),
        }),
      );
      const [row] = await database.read(systemActor('test'), (tx) =>
        tx.db.selectFrom('proposal').selectAll().where('id', '=', proposalId).execute(),
      );
      for (const name of ['approver', 'approver2'])
        await database.write(as(name), 'test.approve', (tx) =>
          district.fund.decide(tx, { approvalId: row!.approval_id, decision: 'approve', note: '' }),
        );
      return { proposalId, number: row!.number, lineIds: await linesOf(proposalId) };
    },
    /** Puts lines into a batch and exports it. */
    async sent(lineIds: readonly Id[], layout = 'payroll_csv') {
      const { batchId } = await database.write(as('accountant'), 'test.batch', (tx) =>
        payout.makeBatch(tx, { lineIds, layout, formId: newId() }),
      );
      const file = await database.write(as('accountant'), 'test.export', (tx) =>
        payout.exportBatch(tx, { batchId, reason: '本周付款', payer: '测试慈善总会' }),
      );
      const [batch] = await database.read(as('accountant'), (tx) =>
        payout.batches(tx, { ids: [batchId] }),
      );
      return { batchId, number: batch!.number, file };
    },
    answered: (batchId: Id, text: string) =>
      database.write(as('accountant'), 'test.answer', (tx) =>
        payout.answerBatch(tx, { batchId, file: { bytes: Buffer.from(text), name: 'answer.csv' } }),
      ),
    linesOf,
    statesOf: async (lineIds: readonly Id[]) => {
      const rows = await database.read(systemActor('test'), (tx) =>
        district.fund.lines(tx, { ids: lineIds }),
      );
      return lineIds.map((id) => rows.find((row) => row.id === id)!.state);
    },
  };
  async function linesOf(proposalId: Id): Promise<Id[]> {
    const lines = await database.read(systemActor('test'), (tx) =>
      district.fund.lines(tx, { proposalIds: [proposalId] }),
    );
    return lines.map((line) => line.id);
  }
  return part;
}
