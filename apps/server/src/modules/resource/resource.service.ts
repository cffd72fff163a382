import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { appendEvents, post, type TransferCommand } from '@wennuan/ledger';
import { systemActor } from '../../platform/actor.ts';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { Message } from '../desk/index.ts';
import type { Place } from '../place/index.ts';
import {
  ledgerUnit,
  RESERVED_HOURS,
  stateWhenReleased,
  type Offer,
  type OfferKind,
  type Wanted,
} from './resource.ts';
import { insertOffer, lockExpired, lockOffers, updateOffer } from './resource.store.ts';

/** An account of the ledger with what it is for; opened through `fund`, so that every trace can say it. */
interface NewAccount {
  id: Id;
  kind: 'inner' | 'world';
  unit: string;
  code: string | null;
  purpose: {
    kind: 'person' | 'organization' | 'need';
    subjectId: Id;
    label: string;
    areaId: number | null;
    isPublic: boolean;
  };
}

/** A wish as whoever wants to help may know it. */
export interface OpenWish {
  areaId: number;
  state: 'open' | 'claimed' | 'given' | 'under_way' | 'delivered' | 'closed';
  claimedUntil: Date | null;
}

export interface ResourceNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
  place: Pick<Place, 'areaByCode' | 'ref' | 'streetOf'>;
  access: Pick<Access, 'names'>;
  message: Message;
  fund: { openAccounts(tx: Writing, accounts: readonly NewAccount[]): Promise<unknown> };
  /** Ports to `need`: a wish on the public wall, and what a need of one's area asks for. */
  wishes: {
    find(tx: Scoped, needId: Id): Promise<OpenWish | null>;
    wanted(tx: Scoped, needId: Id): Promise<Wanted | null>;
  };
}

export interface OfferInput {
  kind: OfferKind;
  title: string;
  note: string;
  quantity: number;
  expiresOn: string | null;
}

/** Puts an offer on the register; refuses with `input_invalid` when it ended before today. */
export async function addOffer(
  needs: ResourceNeeds,
  tx: Writing,
  input: OfferInput & { areaId: number | null },
): Promise<Offer> {
  return await add(needs, tx, { ...input, forNeed: null });
}

/**
 * Takes on an open wish: the offer is kept for it 72 hours. Refuses with `not_found`, `claim_locked`
 * (an enterprise holds it) or `wish_already_met` (also when another was faster by a moment).
 */
export async function offerForWish(
  needs: ResourceNeeds,
  tx: Writing,
  input: OfferInput & { needId: Id },
): Promise<Offer> {
  const wish = await needs.wishes.find(tx, input.needId);
  if (!wish) throw new Refusal('not_found');
  if (wish.state === 'claimed')
    throw new Refusal('claim_locked', { until: wish.claimedUntil?.toISOString() ?? '' });
  if (wish.state !== 'open') throw new Refusal('wish_already_met');
  const offer = await add(needs, tx, { ...input, areaId: wish.areaId, forNeed: input.needId });
  await tell(needs, tx, 'resource.reserved', offer);
  return offer;
}

async function add(
  needs: ResourceNeeds,
  tx: Writing,
  input: OfferInput & { areaId: number | null; forNeed: Id | null },
): Promise<Offer> {
  if (input.expiresOn !== null && input.expiresOn < dateInShanghai(tx.now))
    throw new Refusal('input_invalid', {}, 'expiresOn');
  const id = needs.newId();
  const note = input.note.trim();
  const offer: Offer = {
    id,
    kind: input.kind,
    title: input.title,
    noteSealed: note ? (await needs.vault.boxes(tx, [id])).get(id)!.seal(note) : null,
    quantity: input.quantity,
    areaId: input.areaId,
    accountId: tx.actor.accountId!,
    giverRole: tx.actor.role ?? 'resident',
    expiresOn: input.expiresOn,
    state: input.forNeed ? 'reserved' : 'open',
    forOneNeed: input.forNeed !== null,
    needId: input.forNeed,
    needNumber: null,
    reservedUntil: input.forNeed ? reservedUntil(tx) : null,
    version: 0,
  };
  await insertOffer(tx, offer).catch(refuseTwice);
  tx.touched('offer', id);
  return offer;
}

const reservedUntil = (tx: Scoped) => new Date(tx.now.getTime() + RESERVED_HOURS * 3_600_000);

/** One reservation for a need: the unique index decides between two at the same moment. */
function refuseTwice(thrown: unknown): never {
  if ((thrown as { code?: string }).code === '23505') throw new Refusal('wish_already_met');
  throw thrown;
}

/** Keeps open offers for needs; refuses with `offer_not_open` when one is taken, over or unknown. */
export async function reserve(
  needs: ResourceNeeds,
  tx: Writing,
  commands: readonly { offerId: Id; needId: Id; number: string }[],
): Promise<Offer[]> {
  const offers = await lockOffers(tx, { ids: commands.map(({ offerId }) => offerId) });
  const reserved: Offer[] = [];
  for (const { offerId, needId, number } of commands) {
    const offer = offers.find(({ id }) => id === offerId);
    const over = offer?.expiresOn && offer.expiresOn < dateInShanghai(tx.now);
    if (!offer || offer.state !== 'open' || over) throw new Refusal('offer_not_open');
    const change = {
      state: 'reserved',
      needId,
      needNumber: number,
      reservedUntil: reservedUntil(tx),
    } as const;
    await updateOffer(tx, offerId, change).catch(refuseTwice);
    tx.touched('offer', offerId, 'reserve');
    await tell(needs, tx, 'resource.reserved', { ...offer, needId });
    reserved.push({ ...offer, ...change });
  }
  return reserved;
}

/** Sets reserved offers of needs free: back to the register, or ended when made for this need only. */
export async function release(tx: Writing, needIds: readonly Id[]): Promise<void> {
  for (const offer of await lockOffers(tx, { needIds })) {
    if (offer.state !== 'reserved') continue;
    await free(tx, offer);
    tx.touched('offer', offer.id, 'release');
  }
}

async function free(tx: Writing, offer: Offer): Promise<void> {
  const state = stateWhenReleased(offer);
  await updateOffer(tx, offer.id, {
    state,
    reservedUntil: null,
    ...(state === 'open' && { needId: null, needNumber: null }),
  });
}

/** The thing is on its way: the lock no longer ends. */
export async function keep(tx: Writing, needIds: readonly Id[]): Promise<void> {
  for (const offer of await lockOffers(tx, { needIds }))
    if (offer.state === 'reserved') await updateOffer(tx, offer.id, { reservedUntil: null });
}

/** Tells giver and page which number the need has that an offer was made for; system login. */
export async function nameNeed(
  tx: Writing,
  command: { offerId: Id; number: string },
): Promise<void> {
  await updateOffer(tx, command.offerId, { needNumber: command.number });
}

/**
 * Records that what was reserved for needs was handed over: from its giver, a world account, through
 * the need's own account to the world. So the trace of goods and hours works as that of money does.
 * Posts once to the ledger; returns the offers delivered.
 */
export async function deliver(
  needs: ResourceNeeds,
  tx: Writing,
  commands: readonly { needId: Id; number: string; areaId: number }[],
): Promise<Offer[]> {
  const offers = await lockOffers(tx, { needIds: commands.map(({ needId }) => needId) });
  const delivered = offers.filter((offer) => offer.state === 'reserved');
  const transfers: TransferCommand[] = [];
  for (const offer of delivered) {
    const command = commands.find(({ needId }) => needId === offer.needId)!;
    transfers.push(...(await openAndMove(needs, tx, { offer, ...command })));
    await updateOffer(tx, offer.id, { state: 'delivered', reservedUntil: null });
    tx.touched('offer', offer.id, 'deliver');
    await tell(needs, tx, 'resource.delivered', offer);
  }
  const outcomes = await post(tx.sql, { commands: transfers, at: tx.now, newId: needs.newId });
  const failed = outcomes.find((outcome) => outcome.status === 'refused');
  if (failed) throw new Error(`a delivery was not posted: ${failed.key}`);
  return delivered;
}

async function openAndMove(
  needs: ResourceNeeds,
  tx: Writing,
  { offer, needId, number, areaId }: { offer: Offer; needId: Id; number: string; areaId: number },
): Promise<TransferCommand[]> {
  const unit = ledgerUnit(offer);
  const [giver, inner, handedOver] = [needs.newId(), needs.newId(), needs.newId()];
  const purpose = (label: string, kind: 'need' | 'person' | 'organization' = 'need') => ({
    kind,
    subjectId: kind === 'need' ? needId : offer.id,
    label,
    areaId,
    isPublic: false,
  });
  const byEnterprise = offer.giverRole === 'enterprise_agent';
  await needs.fund.openAccounts(tx, [
    {
      id: giver,
      kind: 'world',
      unit,
      code: null,
      purpose: byEnterprise ? purpose('爱心企业', 'organization') : purpose('爱心人士', 'person'),
    },
    { id: inner, kind: 'inner', unit, code: null, purpose: purpose(number) },
    { id: handedOver, kind: 'world', unit, code: null, purpose: purpose('已交付') },
  ]);
  const common = {
    amount: offer.quantity,
    link: `offer:${offer.id}`,
    document: { kind: 'offer', id: offer.id },
    actor: tx.actor.accountId,
  };
  return [
    { ...common, key: `offer:${offer.id}:in`, from: giver, to: inner, reason: 'goods_in' },
    { ...common, key: `offer:${offer.id}:out`, from: inner, to: handedOver, reason: 'handed_over' },
  ];
}

/** The giver takes her offer back before it was delivered; refuses with `not_found` or `offer_not_open`. */
export async function withdrawOffer(needs: ResourceNeeds, tx: Writing, offerId: Id): Promise<void> {
  const [offer] = await lockOffers(tx, { ids: [offerId] });
  if (!offer || offer.accountId !== tx.actor.accountId) throw new Refusal('not_found');
  if (offer.state !== 'open' && offer.state !== 'reserved') throw new Refusal('offer_not_open');
  await updateOffer(tx, offerId, { state: 'withdrawn' });
  tx.touched('offer', offerId, 'withdraw');
  if (offer.state === 'reserved') await tell(needs, tx, 'resource.expired', offer);
}

/** Ends reservations that nobody delivered within 72 hours, and offers past their last day. */
export async function expireOffers(needs: ResourceNeeds): Promise<number> {
  return await needs.database.write(systemActor('resource.expire'), null, async (tx) => {
    const expired = await lockExpired(tx, dateInShanghai(tx.now));
    for (const offer of expired) {
      tx.touched('offer', offer.id, 'expire');
      if (offer.state === 'open') {
        await updateOffer(tx, offer.id, { state: 'expired' });
        continue;
      }
      await free(tx, offer);
      await tell(needs, tx, 'resource.expired', offer);
      await needs.message.send(tx, [
        {
          accountId: offer.accountId,
          topic: 'service',
          title: '您认领的帮助已到期',
          body: `“${offer.title}”为对方保留的 72 小时已过，心愿重新开放。谢谢您的心意，您可以再次认领。`,
          link: '/my/offers',
        },
      ]);
    }
    return expired.length;
  });
}

async function tell(
  needs: ResourceNeeds,
  tx: Writing,
  topic: 'resource.reserved' | 'resource.delivered' | 'resource.expired',
  offer: Pick<Offer, 'id' | 'needId' | 'areaId'>,
): Promise<void> {
  await appendEvents(tx.sql, [
    {
      id: needs.newId(),
      topic,
      subjectKind: 'offer',
      subjectId: offer.id,
      areaId: offer.areaId,
      body: { offerId: offer.id, needId: offer.needId },
    },
  ]);
}
