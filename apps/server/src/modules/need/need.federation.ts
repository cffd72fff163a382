import type { Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import type { Need } from './need.ts';

/** A proposal to a fund for a need. */
export interface ProposalNote {
  proposalId: Id;
  needId: Id;
  number: string;
  amountFen: number;
  state: 'proposed' | 'refused' | 'paid';
}

/** Notes where a proposal stands; system login. */
export async function saveProposal(tx: Scoped, need: Need, note: ProposalNote): Promise<void> {
  await tx.db
    .insertInto('need_proposal')
    .values({
      proposal_id: note.proposalId,
      need_id: need.id,
      number: note.number,
      amount_fen: note.amountFen,
      state: note.state,
      area_id: need.areaId,
    })
    .onConflict((conflict) => conflict.column('proposal_id').doUpdateSet({ state: note.state }))
    .execute();
}

/** Proposals for needs. */
export async function listProposals(tx: Scoped, needIds: readonly Id[]): Promise<ProposalNote[]> {
  if (needIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('need_proposal')
    .select([
      'proposal_id as proposalId',
      'need_id as needId',
      'number',
      'amount_fen as amountFen',
      'state',
    ])
    .where('need_id', 'in', needIds)
    .orderBy('proposal_id')
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as ProposalNote['state'] }));
}

/** Lets the federation see needs from now on, with their histories; system login. */
export async function openToFederation(tx: Scoped, needIds: readonly Id[]): Promise<void> {
  if (needIds.length === 0) return;
  const since = { federation_since: tx.now };
  await tx.db
    .updateTable('need')
    .set(since)
    .where('id', 'in', needIds)
    .where('federation_since', 'is', null)
    .execute();
  for (const table of ['need_event', 'need_verification', 'need_referral'] as const)
    await tx.db
      .updateTable(table)
      .set(since)
      .where('need_id', 'in', needIds)
      .where('federation_since', 'is', null)
      .execute();
}
