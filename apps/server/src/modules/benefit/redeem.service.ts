import { dateInShanghai, type Id } from '@wennuan/basics';
import { balances, statement, type TransferCommand } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Entitlement } from './benefit.ts';
import { type BenefitNeeds, leftOf } from './benefit.service.ts';
import { listEntitlements, moveEntitlements } from './benefit.store.ts';
import type { Payer } from './cover.ts';
import { mayPayFor } from './goods-words.ts';
import { type EntitlementHold, holdKeyOf, openHolds } from './hold.store.ts';
import { type RedeemCommand, type RedeemOutcome, whyNot } from './redeem.ts';
import {
  addGivenBack,
  insertUses,
  lockScans,
  type Scan,
  type Use,
  useScans,
  usesByKey,
} from './redeem.store.ts';

interface Ground {
  known: Map<string, Use>;
  rows: Map<Id, Entitlement>;
  left: Map<Id, number>;
  scans: Map<Id, Scan>;
  holds: Map<Id, EntitlementHold>;
  places: Map<Id, { name: string }>;
  /** Who pays for each purchase already. */
  beside: Map<string, Payer[]>;
}

/**
 * Decides uses of entitlements in order and writes them down; posts nothing. The caller posts `movements` with its own
 * in one posting, and lets everything go when that fails. Rows of the entitlements are locked, so what is left cannot
 * change in between: never more than its value. A key that was used is answered again. System login.
 */
export async function redeem(
  needs: BenefitNeeds,
  tx: Writing,
  commands: readonly RedeemCommand[],
): Promise<{ outcomes: RedeemOutcome[]; movements: TransferCommand[] }> {
  const ground = await gatherGround(needs, tx, commands);
  const uses: Use[] = [];
  const movements: TransferCommand[] = [];
  const outcomes = commands.map((command): RedeemOutcome => {
    const before = ground.known.get(command.key);
    const leftFen = ground.left.get(command.entitlementId) ?? 0;
    if (before) return { status: 'already_redeemed', useId: before.id, leftFen };
    const refused = decide(tx, ground, command);
    if (refused) return refused;
    const use = useOf(needs, tx, { ground, command });
    uses.push(use);
    besideOf(ground, command).push({
      goods: ground.rows.get(use.entitlementId)!.goods,
      mostFen: use.amountFen,
    });
    movements.push(movementOf(tx, use));
    ground.known.set(use.key, use);
    ground.left.set(command.entitlementId, leftFen - command.amountFen);
    const scan = use.scanId && ground.scans.get(use.scanId);
    if (scan) scan.usedAt = tx.now;
    return { status: 'redeemed', useId: use.id, leftFen: leftFen - command.amountFen };
  });
  await writeUses(tx, uses, ground);
  return { outcomes, movements };
}

/** Who pays for the purchase of a command already; each command without one is a purchase of its own. */
function besideOf(ground: Ground, { purchase, key }: RedeemCommand): Payer[] {
  const name = purchase ?? key;
  const list = ground.beside.get(name) ?? [];
  ground.beside.set(name, list);
  return list;
}

function decide(tx: Scoped, ground: Ground, command: RedeemCommand) {
  const hold = ground.holds.get(command.entitlementId);
  return whyNot(command, {
    entitlement: ground.rows.get(command.entitlementId),
    leftFen: ground.left.get(command.entitlementId) ?? 0,
    scan: 'scanId' in command.proof ? ground.scans.get(command.proof.scanId) : undefined,
    hold,
    beside: besideOf(ground, command),
    holdPlace: (hold && ground.places.get(hold.placeId)?.name) ?? '',
    today: dateInShanghai(tx.now),
    now: tx.now,
  });
}

async function gatherGround(
  needs: BenefitNeeds,
  tx: Writing,
  commands: readonly RedeemCommand[],
): Promise<Ground> {
  const ids = [...new Set(commands.map((one) => one.entitlementId))];
  const rows = await listEntitlements(tx, { ids, lock: true });
  const scanIds = commands.flatMap(({ proof }) => ('scanId' in proof ? [proof.scanId] : []));
  const scans = await lockScans(tx, scanIds);
  const holds = await openHolds(tx, ids);
  const places = await needs.place.servicePoints(
    tx,
    [...holds.values()].map((one) => one.placeId),
  );
  return {
    known: await usesByKey(
      tx,
      commands.map((one) => one.key),
    ),
    rows: new Map(rows.map((row) => [row.id, row])),
    left: await leftOf(tx, rows),
    scans,
    holds,
    places,
    beside: new Map(),
  };
}

function useOf(
  needs: BenefitNeeds,
  tx: Scoped,
  { ground, command }: { ground: Ground; command: RedeemCommand },
): Use {
  const entitlement = ground.rows.get(command.entitlementId)!;
  const isHeld = 'tillId' in command.proof;
  return {
    id: needs.newId(),
    key: command.key,
    entitlementId: entitlement.id,
    accountId: entitlement.accountId,
    areaId: entitlement.areaId,
    amountFen: command.amountFen,
    givenBackFen: 0,
    merchantId: command.merchantId,
    payableId: command.payableId,
    placeId: command.placeId,
    scanId: 'scanId' in command.proof ? command.proof.scanId : null,
    holdId: isHeld ? ground.holds.get(entitlement.id)!.id : null,
    goods: [
      ...new Set(
        command.goods
          .filter(
            ({ category, amountFen }) => amountFen > 0 && mayPayFor(entitlement.goods, category),
          )
          .map(({ category }) => category),
      ),
    ].toSorted(),
    at: command.at ?? tx.now,
  };
}

function movementOf(tx: Scoped, use: Use): TransferCommand {
  return {
    key: `redeem:${use.key}`,
    from: use.entitlementId,
    to: use.payableId,
    amount: use.amountFen,
    ...(use.holdId && { hold: holdKeyOf(use.holdId) }),
    reason: 'redeem',
    document: { kind: 'entitlement_use', id: use.id },
    actor: tx.actor.accountId,
  };
}

async function writeUses(tx: Writing, uses: readonly Use[], ground: Ground): Promise<void> {
  await insertUses(tx, uses);
  await useScans(
    tx,
    uses.flatMap((use) => use.scanId ?? []),
  );
  const touched = [...new Set(uses.map((use) => use.entitlementId))];
  await moveEntitlements(
    tx,
    touched.filter((id) => ground.left.get(id) === 0),
    'used_up',
  );
  for (const id of touched) tx.touched('entitlement', id, 'redeemed');
}

/** A return of goods that an entitlement paid for. */
export interface GiveBackCommand {
  /** Of the return; the same key is the same return. */
  key: string;
  /** The key of the use. */
  useKey: string;
  amountFen: number;
  /** Where the money comes from when the merchant was paid already: what it owes, as an edge of the books. */
  receivableId: Id;
}

/**
 * The movements that give back what entitlements paid: to the entitlement, or to its fund's pot when that is over. Out of the
 * entry of the use as long as the merchant was not paid, else out of what the merchant owes. Posts nothing; refuses (by
 * the table) more than was used. System login.
 */
export async function giveBackRedeemed(
  needs: Pick<BenefitNeeds, 'fund'>,
  tx: Writing,
  commands: readonly GiveBackCommand[],
): Promise<TransferCommand[]> {
  if (commands.length === 0) return [];
  const asked = await usesByKey(
    tx,
    commands.map((one) => one.useKey),
  );
  const ids = [...new Set([...asked.values()].map((use) => use.entitlementId))];
  const rows = new Map(
    (await listEntitlements(tx, { ids, lock: true })).map((row) => [row.id, row]),
  );
  const uses = await usesByKey(tx, [...asked.keys()], true);
  const today = dateInShanghai(tx.now);
  const isOver = (row: Entitlement) =>
    !['issued', 'used_up'].includes(row.state) || row.expiresOn <= today;
  const over = [...rows.values()].filter(isOver).map((row) => ({ ...row, amountFen: 0 }));
  // What is given back of one that is over waits in the pot; the next round sum takes it on to the fund.
  const { pots } = await needs.fund.aidBack(tx, over);
  const movements: TransferCommand[] = [];
  for (const command of commands) {
    const use = uses.get(command.useKey);
    if (!use) throw new Error(`no entitlement was used under ${command.useKey}`);
    const row = rows.get(use.entitlementId)!;
    const source = await entryOf(tx, use, command);
    await addGivenBack(tx, use.id, command.amountFen);
    use.givenBackFen += command.amountFen;
    if (!isOver(row) && row.state === 'used_up') await moveEntitlements(tx, [row.id], 'issued');
    tx.touched('entitlement', row.id, 'given_back');
    movements.push({
      key: `redeem_back:${command.key}`,
      ...source,
      to: isOver(row) ? pots.get(row.sourceId)! : row.id,
      amount: command.amountFen,
      reason: 'return',
      document: { kind: 'entitlement_use', id: use.id },
      actor: tx.actor.accountId,
    });
  }
  return movements;
}

/** Out of the merchant's account of the entry itself while that is unspent, else out of what the merchant owes. */
async function entryOf(
  tx: Scoped,
  use: Use,
  command: GiveBackCommand,
): Promise<{ from: Id; of?: Id }> {
  const page = await statement(tx.sql, { accountId: use.entitlementId, limit: 200 });
  const entry = page.lines.find((line) => line.key === `redeem:${use.key}`);
  const [account] = await balances(tx.sql, [use.payableId]);
  if (!entry || !account) return { from: command.receivableId };
  const cursor = account.outflow - account.ahead;
  const unspent = entry.toAt! + entry.amount - Math.max(entry.toAt!, cursor) - use.givenBackFen;
  return unspent >= command.amountFen
    ? { from: use.payableId, of: entry.id }
    : { from: command.receivableId };
}
