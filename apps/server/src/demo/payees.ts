import type { Id } from '@wennuan/basics';
import type { Demo } from './index.ts';

/** Puts bank accounts of organisations and persons on file and has two approvers sign them. */
export async function signPayees(
  demo: Demo,
  owners: readonly { kind: 'organization' | 'person'; id: Id; holder: string; number: string }[],
): Promise<void> {
  const { database, payout, staff } = demo;
  demo.moment();
  const ids = await database.write(staff.get('federation')!, 'payout.add_payee', (tx) =>
    payout.addPayees(
      tx,
      owners.map(({ kind, id, holder, number }) => ({
        ownerKind: kind,
        ownerId: id,
        holder,
        bank: '演示银行二七支行',
        number,
      })),
    ),
  );
  const rows = await database.read(staff.get('federation')!, (tx) =>
    payout.listPayees(tx, { ids }),
  );
  for (const name of ['approver', 'approver2']) {
    demo.moment();
    await database.write(staff.get(name)!, 'payout.approve_payee', (tx) =>
      payout.decidePayees(tx, {
        approvalIds: rows.map((row) => row.approvalId),
        decision: 'approve',
        note: '',
      }),
    );
  }
}
