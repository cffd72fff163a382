import type { Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { gathered } from '../../platform/gathered.ts';
import type { GroupBuy, Share } from './group-buy.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { listGroups } from './group.store.ts';
import {
  insertShares,
  listLive,
  listShares,
  lockShelves,
  type NewShare,
  updateShelves,
} from './share.store.ts';
import { decideJoins, isSoldOut, type JoinDecision, type Shelf } from './shelf.ts';

/** Somebody joins a group with so many pieces. */
export interface JoinCommand {
  groupId: Id;
  accountId: Id;
  householdKey: Id;
  wanted: number;
}

/** What became of it, by name. `ahead` is how many wait before her. */
export type JoinOutcome =
  | { outcome: 'held'; shareId: Id; place: number; pieces: number; heldUntil: Date }
  | { outcome: 'waiting'; shareId: Id; place: number; ahead: number }
  | { outcome: 'already_joined'; shareId: Id | null; state: Share['state'] | null }
  | { outcome: 'sold_out' | 'closed' | 'not_found' };

type Facts = Pick<GroupBuy, 'id' | 'areaId' | 'holdMinutes' | 'householdPieces' | 'opensAt'>;
export type Joining = ReturnType<typeof createJoining>;

/** How many sold-out groups a server remembers; which they are never changes. */
const REMEMBERED_MOST = 200;

/**
 * The way in. Who comes while the last batch is written is decided in the next one: in the order of arrival, under the
 * lock of the group's shelf, in a handful of statements for all. What never changes any more, that all are sold and to
 * whom, is answered from memory once it is committed.
 */
export function createJoining(needs: GroupBuyNeeds) {
  const facts = new Map<Id, Facts>();
  const soldOut = new Map<Id, ReadonlySet<Id>>();
  const actor = systemActor('group-buy');
  const remember = async (groupIds: readonly Id[]): Promise<void> => {
    const shares = await needs.database.read(actor, (tx) =>
      listShares(tx, { groupIds, states: ['paid', 'picked_up'] }),
    );
    const households = Map.groupBy(shares, (share) => share.groupId);
    for (const id of groupIds) {
      soldOut.set(id, new Set((households.get(id) ?? []).map((share) => share.householdKey)));
      if (soldOut.size > REMEMBERED_MOST) soldOut.delete(soldOut.keys().next().value!);
    }
  };
  const batch = gathered(async (commands: JoinCommand[]) => {
    const { outcomes, full } = await needs.database.write(actor, null, (tx) =>
      joinMany(needs, tx, { commands, facts }),
    );
    if (full.length > 0) await remember(full);
    return outcomes;
  });
  return {
    /** Decides one joiner; throws only when the database is away, and then nothing was decided. */
    join(command: JoinCommand): Promise<JoinOutcome> {
      const households = soldOut.get(command.groupId);
      if (!households) return batch(command);
      return Promise.resolve(
        households.has(command.householdKey)
          ? { outcome: 'already_joined', shareId: null, state: null }
          : { outcome: 'sold_out' },
      );
    },
  };
}

interface Batch {
  commands: readonly JoinCommand[];
  facts: Map<Id, Facts>;
}

/** Decides joiners in order and writes what follows. `full` names groups in which every piece is paid. */
export async function joinMany(
  needs: Pick<GroupBuyNeeds, 'newId' | 'isLive'>,
  tx: Writing,
  { commands, facts }: Batch,
): Promise<{ outcomes: JoinOutcome[]; full: Id[] }> {
  await learnFacts(tx, commands, facts);
  const { shelves, databaseNow } = await lockShelves(
    tx,
    commands.map((one) => one.groupId),
  );
  const at = needs.isLive ? databaseNow : tx.now;
  const live = await listLive(tx, commands);
  const byHousehold = new Map(live.map((one) => [`${one.groupId} ${one.householdKey}`, one]));
  const decisions = decideAll({ commands, shelves, facts, byHousehold, at });
  const added: NewShare[] = [];
  const outcomes = commands.map((command, index): JoinOutcome => {
    const decision = decisions[index]!;
    if (decision.outcome === 'held' || decision.outcome === 'waiting') {
      const share = newShare(needs, { command, decision, facts: facts.get(command.groupId)!, at });
      added.push(share);
      return outcomeOf(share, decision);
    }
    if (decision.outcome !== 'already_joined') return decision;
    const share = byHousehold.get(`${command.groupId} ${command.householdKey}`);
    const now = added.find((one) => sameHousehold(one, command));
    const { id = null, state = null } = share ?? now ?? {};
    return { outcome: 'already_joined', shareId: id, state };
  });
  await insertShares(tx, added, at);
  const changed = new Set(added.map((one) => one.groupId));
  await updateShelves(
    tx,
    [...shelves.values()].filter((shelf) => changed.has(shelf.groupId)),
  );
  for (const groupId of changed) tx.touched('group_buy', groupId, 'joined');
  const full = [...shelves.values()].filter(isSoldOut).map((shelf) => shelf.groupId);
  return { outcomes, full };
}

const sameHousehold = (one: NewShare, command: JoinCommand) =>
  one.householdKey === command.householdKey && one.groupId === command.groupId;

/** What of a group never changes is read once a server. */
async function learnFacts(
  tx: Writing,
  commands: readonly JoinCommand[],
  facts: Map<Id, Facts>,
): Promise<void> {
  const unknown = [...new Set(commands.map((one) => one.groupId))].filter((id) => !facts.has(id));
  for (const group of await listGroups(tx, { ids: unknown })) facts.set(group.id, group);
}

interface Decide {
  commands: readonly JoinCommand[];
  shelves: ReadonlyMap<Id, Shelf>;
  facts: ReadonlyMap<Id, Facts>;
  byHousehold: ReadonlyMap<string, Share>;
  at: Date;
}

function decideAll({ commands, shelves, facts, byHousehold, at }: Decide) {
  const decisions: (JoinDecision | { outcome: 'not_found' })[] = [];
  const places = Map.groupBy(commands.keys(), (index) => commands[index]!.groupId);
  const households = [...byHousehold.values()];
  for (const [groupId, indexes] of places) {
    const shelf = shelves.get(groupId);
    const known = facts.get(groupId);
    const takesPart = new Set(
      households.filter((one) => one.groupId === groupId).map((one) => one.householdKey),
    );
    const decided =
      shelf && known
        ? decideJoins(
            known.opensAt > at ? { ...shelf, isClosed: true } : shelf,
            indexes.map((index) => ({
              ...commands[index]!,
              wanted: Math.min(commands[index]!.wanted, known.householdPieces),
            })),
            { at, takesPart },
          )
        : indexes.map(() => ({ outcome: 'not_found' as const }));
    for (const [nth, index] of indexes.entries()) decisions[index] = decided[nth]!;
  }
  return decisions;
}

interface Made {
  command: JoinCommand;
  decision: Extract<JoinDecision, { place: number }>;
  facts: Facts;
  at: Date;
}

function newShare(
  needs: Pick<GroupBuyNeeds, 'newId'>,
  { command, decision, facts, at }: Made,
): NewShare {
  const isHeld = decision.outcome === 'held';
  return {
    ...command,
    id: needs.newId(),
    areaId: facts.areaId,
    place: decision.place,
    wanted: Math.min(command.wanted, facts.householdPieces),
    pieces: isHeld ? decision.pieces : 0,
    state: decision.outcome,
    heldUntil: isHeld ? holdUntil(facts, at) : null,
  };
}

/** Until when pieces stay set aside that are set aside now. */
export function holdUntil(facts: Pick<GroupBuy, 'holdMinutes'>, at: Date): Date {
  return new Date(at.getTime() + facts.holdMinutes * 60_000);
}

function outcomeOf(share: NewShare, decision: Made['decision']): JoinOutcome {
  const { id: shareId, place } = share;
  if (decision.outcome === 'waiting')
    return { outcome: 'waiting', shareId, place, ahead: decision.ahead };
  return { outcome: 'held', shareId, place, pieces: share.pieces, heldUntil: share.heldUntil! };
}
