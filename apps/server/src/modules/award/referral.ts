import type { Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import { writeSheet } from '../../platform/sheet.ts';
import { roundOf } from './award.engine.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';
import { amountWords } from './award.words.ts';

/**
 * The people referred to the department that decides, with what it needs to know them by. Only those the actor may see
 * as awards; each opening is in the audit with its reason. Refuses `not_found`.
 */
export async function referralSheet(needs: AwardNeeds, actor: Actor, roundId: Id): Promise<Buffer> {
  const { round, awards } = await needs.database.read(actor, async (tx) => ({
    round: await roundOf(tx, roundId),
    awards: await listAwards(tx, { roundId, states: ['referred'] }),
  }));
  // Names are no login's of a department: the system opens those of the awards that are the actor's to see.
  const identities = await needs.database.write(
    { ...actor, login: 'system' },
    'award.referral_sheet',
    async (tx) => {
      for (const award of awards) tx.touched('person', award.personId, 'referral');
      return await needs.resident.identities(
        tx,
        awards.map((award) => award.personId),
      );
    },
  );
  const rows = awards.map((award, index) => ({
    place: index + 1,
    award,
    seen: identities.get(award.personId),
  }));
  return await writeSheet({
    name: `${round.definition.name.zh} ${round.period}`,
    rows,
    columns: [
      { title: '序号', width: 6, kind: 'count', of: (row) => row.place },
      { title: '转办编号', width: 14, kind: 'text', of: (row) => row.award.number },
      { title: '姓名', width: 12, kind: 'text', of: (row) => row.seen?.name ?? '' },
      { title: '身份证号', width: 22, kind: 'text', of: (row) => row.seen?.idNumber ?? '' },
      { title: '联系电话', width: 14, kind: 'text', of: (row) => row.seen?.telephone ?? '' },
      {
        title: '所在社区',
        width: 18,
        kind: 'text',
        of: (row) => needs.place.ref(row.award.areaId).name,
      },
      {
        title: '拟享受待遇',
        width: 16,
        kind: 'text',
        of: (row) => amountWords(row.award.amount, row.award.unit),
      },
      { title: '依据', width: 40, kind: 'text', of: () => round.definition.clause.zh },
    ],
  });
}
