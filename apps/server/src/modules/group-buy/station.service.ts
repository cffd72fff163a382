import { addDays, dateInShanghai, parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { type GroupBuy, pickUpCodes, stepsHold } from './group-buy.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { insertGroup, listGroups, moveRow } from './group.store.ts';
import { openChaseTask } from './group.tell.ts';
import { callOff } from './hold.service.ts';
import { listShares, noteChased, notePickedUp } from './share.store.ts';

/** Everything below runs as the shop's clerk; who asked is in `tx.actor`, and her areas say what she may do. */
function checkYours(actor: Actor, areaId: number): void {
  const isOffice = actor.role === null || actor.role === 'federation_officer';
  if (!isOffice && !actor.areaIds.includes(areaId)) throw new Refusal('place_not_yours');
}

async function groupToMove(tx: Writing, groupId: Id): Promise<GroupBuy> {
  const [group] = await listGroups(tx, { ids: [groupId], lock: true });
  if (!group) throw new Refusal('not_found');
  checkYours(tx.actor, group.areaId);
  return group;
}

function fenOf(yuan: string): number {
  const fen = parseYuan(yuan);
  if (fen === null) throw new Refusal('amount_invalid', {}, 'steps');
  return fen;
}

/** Opens a group-buy at a station; the same form again answers the same. Refuses what its prices or days get wrong. */
export async function openGroup(
  needs: GroupBuyNeeds,
  tx: Writing,
  body: z.output<typeof shapes.groupBody>,
): Promise<{ id: Id; code: string }> {
  const [known] = await listGroups(tx, { formId: body.formId });
  if (known) return { id: known.id, code: known.code };
  const place = (await needs.place.servicePoints(tx, [body.placeId])).get(body.placeId);
  if (!place) throw new Refusal('place_unknown', {}, 'placeId');
  checkYours(tx.actor, place.areaId);
  const closesAt = new Date(body.closesAt);
  if (closesAt <= tx.now || body.pickUpOn <= dateInShanghai(closesAt))
    throw new Refusal('group_deadline_wrong', {}, 'closesAt');
  if (body.limitPieces < body.minimumPieces)
    throw new Refusal('group_limit_below_minimum', {}, 'limitPieces');
  const steps = body.steps.map(({ fromPieces, priceYuan }) => ({
    fromPieces,
    priceFen: fenOf(priceYuan),
  }));
  if (!stepsHold(steps, body.limitPieces)) throw new Refusal('group_steps_wrong', {}, 'steps');
  const variant = await needs.offered(tx, body);
  const { formId, pickUpOn, pickUpHours, minimumPieces, limitPieces, householdPieces } = body;
  const group = { id: needs.newId(), code: needs.newCode() };
  await insertGroup(tx, {
    ...variant,
    ...group,
    title: body.title,
    description: body.description,
    placeId: place.id,
    areaId: place.areaId,
    holdMinutes: body.holdMinutes,
    opensAt: tx.now,
    closesAt,
    steps,
    formId,
    pickUpOn,
    pickUpHours,
    minimumPieces,
    limitPieces,
    householdPieces,
  });
  tx.touched('group_buy', group.id);
  return group;
}

/** Notes under which number a reached group-buy was ordered from its supplier. */
export async function noteOrder(
  needs: GroupBuyNeeds,
  tx: Writing,
  { groupId, reference }: { groupId: Id; reference: string },
): Promise<void> {
  const group = await groupToMove(tx, groupId);
  const set = { state: 'ordered' as const, order_reference: reference, ordered_at: tx.now };
  if (!(await moveRow(tx, { id: groupId, from: 'reached', set })))
    throw new Refusal('group_not_reached');
  await needs.desk.close(tx, [{ subjectId: group.id, kinds: ['group_order'] }]);
  tx.touched('group_buy', groupId, 'ordered');
}

/** Notes that the goods are at the station, and tells everybody to fetch them. */
export async function noteArrival(needs: GroupBuyNeeds, tx: Writing, groupId: Id): Promise<void> {
  const group = await groupToMove(tx, groupId);
  const set = { state: 'arrived' as const, arrived_at: tx.now };
  if (!(await moveRow(tx, { id: groupId, from: 'ordered', set })))
    throw new Refusal('group_not_ordered');
  await remind(needs, tx, {
    group,
    shares: await listShares(tx, { groupIds: [groupId], states: ['paid'] }),
    title: `到货了：${group.title}`,
  });
  await openChaseTask(needs, tx, group);
  tx.touched('group_buy', groupId, 'arrived');
}

/** Reminds those who have not fetched, each at most once a day; answers how many. */
export async function chase(needs: GroupBuyNeeds, tx: Writing, groupId: Id): Promise<number> {
  const group = await groupToMove(tx, groupId);
  if (group.state !== 'arrived') throw new Refusal('group_not_arrived');
  const since = new Date(`${dateInShanghai(tx.now)}T00:00:00+08:00`);
  const shares = await noteChased(tx, groupId, since);
  await remind(needs, tx, { group, shares, title: `请来取货：${group.title}` });
  tx.touched('group_buy', groupId, 'chased');
  return shares.length;
}

interface Reminder {
  group: GroupBuy;
  shares: readonly { id: Id; place: number; accountId: Id; pieces: number }[];
  title: string;
}

async function remind(needs: GroupBuyNeeds, tx: Writing, { group, shares, title }: Reminder) {
  const place = (await needs.place.servicePoints(tx, [group.placeId])).get(group.placeId)!;
  const codes = pickUpCodes(needs.vault.hash);
  await needs.message.send(
    tx,
    shares.map((share) => ({
      accountId: share.accountId,
      topic: 'service' as const,
      title,
      body: `${share.pieces} ${group.unit}，取货码 ${codes.of(group, share)}，${group.pickUpOn.slice(5)} ${group.pickUpHours}在${place.name}领取，邻居可凭码代取。`,
      link: `/mall/groups/${group.code}`,
    })),
  );
}

/** Ends an open group-buy by the station's word. */
export async function callOffGroup(
  needs: GroupBuyNeeds,
  tx: Writing,
  command: { groupId: Id; reason: string },
): Promise<void> {
  const [group] = await listGroups(tx, { ids: [command.groupId] });
  if (!group) throw new Refusal('not_found');
  checkYours(tx.actor, group.areaId);
  await callOff(needs, tx, command);
}

/**
 * Hands a share over against its code, with a note of who fetched it for whom. The same code again answers the same
 * share. Refuses `pick_up_code_unknown`, `group_not_arrived`, `group_share_not_paid`, `place_not_yours`,
 * `order_not_now` when its money went back.
 */
export async function pickUp(
  needs: GroupBuyNeeds,
  tx: Writing,
  { code, note }: { code: string; note: string },
) {
  const codes = pickUpCodes(needs.vault.hash);
  const read = codes.read(code);
  const [group] = read ? await listGroups(tx, { code: read.code }) : [];
  if (!read || !group) throw new Refusal('pick_up_code_unknown', {}, 'code');
  const at = { groupId: group.id, place: read.place };
  const [share] = await listShares(tx, { at, lock: true });
  if (!share || !codes.fits(share.id, read.digits))
    throw new Refusal('pick_up_code_unknown', {}, 'code');
  checkYours(tx.actor, group.areaId);
  if (share.state === 'picked_up') return { group, share };
  if (share.state !== 'paid') throw new Refusal('group_share_not_paid', {}, 'code');
  if (group.state !== 'arrived') throw new Refusal('group_not_arrived', {}, 'code');
  await notePickedUp(tx, { id: share.id, note: note || null });
  await needs.collectSale(tx, share.id);
  tx.touched('group_share', share.id, 'picked_up');
  const left = await listShares(tx, { groupIds: [group.id], states: ['paid'], limit: 1 });
  if (left.length === 0) {
    await moveRow(tx, { id: group.id, from: 'arrived', set: { state: 'done' } });
    await needs.desk.close(tx, [{ subjectId: group.id, kinds: ['group_collect'] }]);
  }
  const [handed] = await listShares(tx, { ids: [share.id] });
  return { group, share: handed! };
}

/** How many days an ended group-buy is shown to everybody. */
const SHOWN_DAYS = 14;

/** From when on ended group-buys are shown. */
export function shownSince(now: Date): Date {
  return new Date(`${addDays(dateInShanghai(now), -SHOWN_DAYS)}T00:00:00+08:00`);
}
