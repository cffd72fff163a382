import { dateInShanghai } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import { isReceived, piecesFor, type Outcome } from './distribution.ts';
import type { DistributionNeeds } from './distribution.needs.ts';
import { listLines } from './plan.store.ts';

type OwnHandout = RouteOutput<typeof routes.distribution.mine>['items'][number];

/** What a signed-in resident is to fetch or had, the next day first; plans not yet agreed to are not hers to know. */
export async function listOwn(needs: DistributionNeeds, tx: Scoped): Promise<OwnHandout[]> {
  const rows = await tx.db
    .selectFrom('distribution_recipient as r')
    .innerJoin('distribution as p', 'p.id', 'r.distribution_id')
    .select([
      'r.id',
      'r.serial',
      'r.heads',
      'r.word',
      'r.outcome',
      'r.outcome_at',
      'p.id as planId',
      'p.name',
      'p.state',
      'p.on_day',
      'p.from_time',
      'p.until_time',
      'p.way',
      'p.place_id',
      'p.giver_label',
    ])
    .where('r.account_id', '=', tx.actor.accountId)
    .where('p.state', 'in', ['approved', 'closed'])
    .orderBy('p.on_day', 'desc')
    .limit(100)
    .execute();
  const lines = await listLines(tx, [...new Set(rows.map((row) => row.planId))]);
  const items = await needs.goods.items(
    tx,
    lines.map((line) => line.itemId),
  );
  const places = await needs.place.servicePoints(
    tx,
    rows.flatMap((row) => row.place_id ?? []),
  );
  const today = dateInShanghai(tx.now);
  return rows.map((row) => ({
    id: row.id,
    planName: row.name,
    state: stateOf(row, today),
    onDay: row.on_day,
    fromTime: row.from_time,
    untilTime: row.until_time,
    way: row.way as OwnHandout['way'],
    placeName: row.place_id ? (places.get(row.place_id)?.name ?? null) : null,
    placeAddress: row.place_id ? (places.get(row.place_id)?.address ?? null) : null,
    serial: row.serial,
    word: row.word,
    goods: lines
      .filter((line) => line.planId === row.planId)
      .map((line) => ({
        name: items.get(line.itemId)!.name,
        unit: items.get(line.itemId)!.unit,
        quantity: piecesFor(line, row.heads),
      })),
    receivedAt: isReceived(row.outcome as Outcome | null) ? row.outcome_at!.toISOString() : null,
    giverLabel: row.giver_label,
  }));
}

function stateOf(
  row: { outcome: string | null; state: string; on_day: string },
  today: string,
): OwnHandout['state'] {
  if (isReceived(row.outcome as Outcome | null)) return 'received';
  if (row.state === 'closed') return 'over';
  return row.on_day <= today ? 'today' : 'coming';
}

const sectionWords = {
  zh: {
    handedOut: '慰问发放',
    day: '日期',
    plan: '名称',
    goods: '物资',
    comma: '、',
    received: '领取',
    yes: '已领取',
    no: '未领取',
  },
  en: {
    handedOut: 'Goods handed out',
    day: 'Date',
    plan: 'Name',
    goods: 'Goods',
    comma: ', ',
    received: 'Received',
    yes: 'yes',
    no: 'not yet',
  },
} as const;

/** What the caller was or will be handed, as rows of her my-data page. */
export async function ownSections(
  needs: DistributionNeeds,
  tx: Scoped,
): Promise<{ title: string; rows: Record<string, string>[] }[]> {
  const say = sectionWords[tx.actor.language];
  const mine = await listOwn(needs, tx);
  return [
    {
      title: say.handedOut,
      rows: mine.map((one) => ({
        [say.day]: one.onDay,
        [say.plan]: one.planName,
        [say.goods]: one.goods
          .map((thing) => `${thing.name} ${thing.quantity} ${thing.unit}`)
          .join(say.comma),
        [say.received]: one.receivedAt ? say.yes : say.no,
      })),
    },
  ];
}
