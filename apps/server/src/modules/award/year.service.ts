import { dateInShanghai } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { systemActor } from '../../platform/actor.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { writeSheet } from '../../platform/sheet.ts';
import { cutPage } from '../../platform/page.ts';
import { CELL_LEAST, mergeSmall } from './award.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';
import { listParts, sumByArea, sumByMonth } from './part.store.ts';
import { listRounds, roundsById } from './round.store.ts';

type OfYear = RouteOutput<(typeof routes)['award']['aidOfYear']>;
type Line = OfYear['items'][number];
type PublicAid = RouteOutput<(typeof routes)['award']['publicAid']>;

const SHEET_MOST = 20_000;
const DELIVERY: Record<Line['delivery'], string> = {
  cash: '现金',
  voucher: '代金券',
  meal_card: '助餐卡',
  health_check: '体检',
  service: '服务',
  volunteer_hours: '志愿服务',
  visit: '走访',
  goods: '物资',
};
const SOURCE: Record<Line['decidedBy'], string> = {
  statutory: '法定救助',
  department: '部门项目',
  charity: '慈善项目',
};

/** What the people the reader sees got in a year: a page of lines, sums of the whole year. */
export async function readYear(
  needs: AwardNeeds,
  tx: Scoped,
  asked: { year: number; after?: string | undefined; limit: number },
): Promise<OfYear> {
  const { year, after, limit } = asked;
  const parts = await listParts(tx, { year, after, limit: limit + 1 });
  const { shown, next } = cutPage(parts, limit, (last) => last.id);
  const sums = await sumByMonth(tx, year);
  const whole = sums.find((row) => row.month === 'all');
  return {
    items: await linesOf(needs, tx, shown),
    next,
    people: whole?.people ?? 0,
    paidFen: whole?.amount ?? 0,
    byMonth: sums
      .filter((row) => row.month !== 'all')
      .toSorted((one, other) => one.month.localeCompare(other.month))
      .map(({ month, amount, count }) => ({ month, amountFen: amount, count })),
  };
}

async function linesOf(
  needs: AwardNeeds,
  tx: Scoped,
  parts: Awaited<ReturnType<typeof listParts>>,
): Promise<Line[]> {
  const persons = await needs.resident.people(
    tx,
    parts.map((part) => part.personId),
  );
  const awards = new Map(
    (await listAwards(tx, { ids: parts.map((part) => part.awardId) })).map((one) => [one.id, one]),
  );
  const rounds = await roundsById(
    tx,
    [...awards.values()].map((award) => award.roundId),
  );
  return parts.flatMap((part) => {
    const award = awards.get(part.awardId);
    const round = award && rounds.get(award.roundId);
    if (!round) return [];
    return [
      {
        personId: part.personId,
        maskedName: persons.get(part.personId)?.maskedName ?? '',
        area: needs.place.ref(part.areaId),
        programme: round.definition.name[tx.actor.language],
        period: part.period,
        delivery: part.delivery,
        amount: part.amount,
        unit: part.unit,
        deliveredOn: part.deliveredOn,
        confirmedOn: part.confirmedAt && dateInShanghai(part.confirmedAt),
        decidedBy: award.source,
      },
    ];
  });
}

/** The same as a sheet, in the columns of the superior's. */
export async function yearSheet(needs: AwardNeeds, actor: Actor, year: number): Promise<Buffer> {
  const rows = await needs.database.read(actor, async (tx) =>
    linesOf(needs, tx, await listParts(tx, { year, limit: SHEET_MOST })),
  );
  const numbered = rows.map((row, index) => ({ ...row, place: index + 1 }));
  return await writeSheet({
    name: `${year} 年救助台账`,
    rows: numbered,
    columns: [
      { title: '序号', width: 6, kind: 'count', of: (row) => row.place },
      { title: '姓名', width: 12, kind: 'text', of: (row) => row.maskedName },
      { title: '社区', width: 18, kind: 'text', of: (row) => row.area.name },
      { title: '救助项目', width: 24, kind: 'text', of: (row) => row.programme },
      { title: '项目类别', width: 12, kind: 'text', of: (row) => SOURCE[row.decidedBy] },
      { title: '所属期', width: 12, kind: 'text', of: (row) => row.period },
      { title: '方式', width: 10, kind: 'text', of: (row) => DELIVERY[row.delivery] },
      {
        title: '金额（元）',
        width: 12,
        kind: 'yuan',
        of: (row) => (row.unit === 'fen' ? row.amount : null),
      },
      { title: '发放日期', width: 12, kind: 'date', of: (row) => row.deliveredOn },
      { title: '确认日期', width: 12, kind: 'date', of: (row) => row.confirmedOn },
    ],
  });
}

/**
 * Use of funds for everybody (Social Assistance Measures 62): sums by programme and street. Whatever would show fewer
 * than five people is merged, so that nobody is told, not even by difference.
 */
export async function readPublicAid(
  needs: AwardNeeds,
  actor: Actor,
  asked: number | undefined,
): Promise<PublicAid> {
  return await needs.database.read(
    { ...systemActor('public aid'), language: actor.language },
    async (tx) => {
      const year = asked ?? Number(dateInShanghai(tx.now).slice(0, 4));
      const rows = await sumByArea(tx, year);
      const rounds = await listRounds(tx, {});
      const byCode = Map.groupBy(rows, (row) => row.program_code);
      const items: PublicAid['items'] = [];
      const fewer = { programmes: 0, people: 0 };
      for (const [code, areas] of byCode) {
        const people = areas.reduce((sum, row) => sum + row.people, 0);
        const round = rounds.find((one) => one.programCode === code);
        if (!round || people < CELL_LEAST) {
          fewer.programmes += 1;
          fewer.people += people;
          continue;
        }
        items.push({
          programme: round.definition.name[actor.language],
          source: round.source,
          clause: round.definition.clause[actor.language],
          unit: round.definition.benefit.unit,
          people,
          amount: areas.reduce((sum, row) => sum + row.amount, 0),
          byStreet: streetsOf(needs, areas),
        });
      }
      // A handful of people in one programme could be told by whoever knows which: then nothing is said of them.
      if (fewer.people < CELL_LEAST) Object.assign(fewer, { programmes: 0, people: 0 });
      return { year, asOf: tx.now.toISOString(), items, fewer };
    },
  );
}

function streetsOf(
  needs: AwardNeeds,
  areas: readonly { area_id: number; people: number; amount: number }[],
): PublicAid['items'][number]['byStreet'] {
  const cells = [...Map.groupBy(areas, (row) => needs.place.streetOf(row.area_id).id)].map(
    ([streetId, rows]) => ({
      streetId,
      people: rows.reduce((sum, row) => sum + row.people, 0),
      amount: rows.reduce((sum, row) => sum + row.amount, 0),
    }),
  );
  const { shown, rest } = mergeSmall(cells);
  return [
    ...shown.map(({ streetId, people, amount }) => ({
      area: needs.place.ref(streetId),
      people,
      amount,
    })),
    ...(rest ? [{ area: null, ...rest }] : []),
  ];
}
