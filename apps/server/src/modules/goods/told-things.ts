import type { Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import { CELL_LEAST } from './kind-gift.ts';
import { edge } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { readItems } from './goods.store.ts';

/** A part of what money became, as `fund`'s trace gives it. */
interface Piece {
  accountId: Id;
  unit: string;
  share: number;
  isWorld: boolean;
  entries: number;
}

const words = {
  zh: {
    handed: (what: string, place: string) => `这些钱买的物资里，约 ${what}已送到${place}居民手中。`,
    lost: (what: string) => `约 ${what}因破损、过期或短少报损，经两人确认。`,
    still: (what: string) => `约 ${what}已经买好，在库或途中，等待发放。`,
    what: (share: string, unit: string, name: string) => `${share} ${unit}${name}`,
    district: '全区',
  },
  en: {
    handed: (what: string, place: string) =>
      `Of what this money bought, about ${what} reached residents in ${place}.`,
    lost: (what: string) =>
      `About ${what} were damaged, past their date or missing, and written off by two people.`,
    still: (what: string) => `About ${what} are bought and wait to be handed out.`,
    what: (share: string, unit: string, name: string) => `${share} ${unit} of ${name}`,
    district: 'the district',
  },
} as const;

/**
 * What money became, in sentences: about how many of what reached people, where, what waits. A community is
 * named where five or more persons share it, else the district.
 */
export async function toldThings(
  needs: Pick<GoodsNeeds, 'place'>,
  tx: Scoped,
  pieces: readonly Piece[],
): Promise<string[]> {
  const say = words[tx.actor.language];
  const items = await readItems(tx, pieces.map(itemOf));
  const areas = await areasOf(
    tx,
    pieces.filter((one) => one.isWorld),
  );
  const district = needs.place.district()?.name ?? say.district;
  const told = pieces.flatMap((one) => {
    const item = items.get(itemOf(one));
    if (!item) return [];
    const isLost = one.accountId === edge('lost', item.id);
    // What went into kits goes on as kits, which are told themselves.
    if (one.accountId === edge('packed', item.id)) return [];
    const areaId = areas.get(one.accountId) ?? null;
    const place =
      areaId !== null && one.entries >= CELL_LEAST ? needs.place.area(areaId).name : district;
    const kind = !one.isWorld ? 'still' : isLost ? 'lost' : 'handed';
    return [{ key: `${kind} ${item.id} ${place}`, kind, item, place, share: one.share } as const];
  });
  return [...Map.groupBy(told, (one) => one.key).values()].map((group) => {
    const { kind, item, place } = group[0]!;
    const share = group.reduce((sum, one) => sum + one.share, 0);
    return say[kind](say.what(shareWords(share), item.unit, item.name), place);
  });
}

const itemOf = (piece: Piece): Id => piece.unit.slice('piece:'.length);

/** Two digits are enough to recognise one's own share. */
function shareWords(share: number): string {
  return share >= 10 ? String(Math.round(share)) : String(Number(share.toFixed(2)));
}

async function areasOf(tx: Scoped, pieces: readonly Piece[]): Promise<Map<Id, number | null>> {
  if (pieces.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('account_purpose')
    .select(['account_id', 'area_id'])
    .where('account_id', 'in', [...new Set(pieces.map((one) => one.accountId))])
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.area_id]));
}
