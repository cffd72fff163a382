import { dateInShanghai, parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { routes, RouteOutput } from '@wennuan/contract';
import type { z } from 'zod';
import { caringEnterprise } from '../organization/index.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { receive } from './catalogue.service.ts';
import { checkMost } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import {
  insertKindGift,
  listKindGiftLines,
  listKindGifts,
  updateKindGift,
  updateKindGiftLine,
  type KindGiftRow,
} from './kind-gift.store.ts';
import { knownItem, ownPlace } from './stock.service.ts';

export type KindGiftView = RouteOutput<typeof routes.kindGift.register>;
type OfferBody = z.output<(typeof routes.kindGift.offer)['body']>;
type RegisterBody = z.output<(typeof routes.kindGift.register)['body']>;

/** How a giver appears who chose no name. */
const KIND_HEARTED = '爱心人士';
const STATE_WORDS = {
  offered: '待估值',
  valued: '待入库',
  received: '已入库',
  declined: '已婉拒',
  withdrawn: '已撤回',
} as const;
const FORMS_FOR_GOODS = ['public_fundraising', 'designated_form', 'agreed_gift', 'direct_gift'];

interface Giver {
  accountId: Id | null;
  organizationId: Id | null;
  legalForm: RegisterBody['legalForm'];
}

/** What a signed-in giver offers: of an enterprise's agent it is the enterprise's. Resident login. */
export async function offerKindGift(
  needs: GoodsNeeds,
  tx: Writing,
  body: OfferBody,
): Promise<KindGiftView> {
  const { organizationId } = tx.actor;
  return await addKindGift(needs, tx, body, {
    accountId: tx.actor.accountId,
    organizationId,
    legalForm: organizationId ? 'agreed_gift' : 'direct_gift',
  });
}

/** Notes what somebody brings to a counter as hers; who took it down is kept too. System login. */
export async function takeDownKindGift(
  needs: GoodsNeeds,
  tx: Writing,
  { accountId, ...body }: OfferBody & { accountId: Id },
): Promise<KindGiftView> {
  return await addKindGift(needs, tx, body, {
    accountId,
    organizationId: null,
    legalForm: 'direct_gift',
  });
}

/** Notes what an enterprise on file offers by letter or telephone. Federation login. */
export async function registerKindGift(
  needs: GoodsNeeds,
  tx: Writing,
  body: RegisterBody,
): Promise<KindGiftView> {
  const organization = (await needs.organization.get(tx, [body.organizationId])).get(
    body.organizationId,
  );
  if (!organization || organization.kind === 'department' || organization.kind === 'federation')
    throw new Refusal('organization_wrong_kind', {}, 'organizationId');
  if (!FORMS_FOR_GOODS.includes(body.legalForm))
    throw new Refusal('legal_form_not_for_goods', {}, 'legalForm');
  const { organizationId, legalForm } = body;
  return await addKindGift(needs, tx, body, { accountId: null, organizationId, legalForm });
}

async function addKindGift(
  needs: GoodsNeeds,
  tx: Writing,
  body: OfferBody,
  giver: Giver,
): Promise<KindGiftView> {
  const [again] = await listKindGifts(tx, { formId: body.formId });
  if (again) return (await kindGiftViews(needs, tx, [again]))[0]!;
  const id = needs.newId();
  const name = body.name.displayName?.trim();
  const box = name ? (await needs.vault.boxes(tx, [id])).get(id)! : null;
  await insertKindGift(
    tx,
    {
      id,
      state: 'offered',
      legal_form: giver.legalForm,
      account_id: giver.accountId,
      organization_id: giver.organizationId,
      name_sealed: box ? box.seal(name!) : null,
      hide_from_public: giver.organizationId ? false : body.name.hideFromPublic,
      hide_from_recipient: body.name.hideFromRecipient,
      hide_from_staff: body.name.hideFromStaff,
      purpose: body.purpose,
      offered_at: tx.now,
      offered_by: tx.actor.accountId,
      form_id: body.formId,
    },
    body.lines.map((line) => ({
      id: needs.newId(),
      gift_id: id,
      account_id: giver.accountId,
      organization_id: giver.organizationId,
      title: line.title,
      quantity: line.quantity,
      unit: line.unit,
      expires_on: line.expiresOn,
    })),
  );
  tx.touched('kind_gift', id);
  const [made] = await listKindGifts(tx, { id });
  return (await kindGiftViews(needs, tx, [made!]))[0]!;
}

async function lockGift(
  tx: Writing,
  giftId: Id,
  states: readonly (keyof typeof STATE_WORDS)[],
): Promise<KindGiftRow> {
  const [gift] = await listKindGifts(tx, { id: giftId, lock: true });
  if (!gift) throw new Refusal('not_found');
  const state = gift.state as keyof typeof STATE_WORDS;
  if (!states.includes(state))
    throw new Refusal('kind_gift_not_now', { state: STATE_WORDS[state] });
  return gift;
}

/** Values a gift by its invoice or at fair value, the paper beside it; says which item each line is. */
export async function valueKindGift(
  needs: GoodsNeeds,
  tx: Writing,
  command: { giftId: Id } & z.output<(typeof routes.kindGift.value)['body']>,
): Promise<KindGiftView> {
  const gift = await lockGift(tx, command.giftId, ['offered', 'valued']);
  const lines = await listKindGiftLines(tx, [gift.id]);
  for (const line of lines) {
    const told = command.lines.find((one) => one.lineId === line.id);
    const unitValueFen = told ? parseYuan(told.unitValueYuan) : null;
    if (!told || !unitValueFen) throw new Refusal('amount_invalid', {}, 'lines');
    const item = await knownItem(tx, told.itemId);
    await updateKindGiftLine(tx, line.id, { item_id: item.id, unit_value_fen: unitValueFen });
  }
  await updateKindGift(tx, gift.id, {
    state: 'valued',
    basis: command.basis,
    paper_number: command.paperNumber,
    valued_at: tx.now,
    valued_by: tx.actor.accountId,
  });
  await needs.attachment.adopt(tx, command.attachmentIds, {
    subjectKind: 'kind_gift',
    subjectId: gift.id,
    areaId: null,
    readerAccountId: gift.account_id,
    sharedWithFederation: true,
  });
  tx.touched('kind_gift', gift.id, 'value');
  return await readKindGift(needs, tx, gift.id);
}

/** Takes a valued gift into a place as lots of its own; the giver hears its confirmation number. */
export async function receiveKindGift(
  needs: GoodsNeeds,
  tx: Writing,
  command: { giftId: Id } & z.output<(typeof routes.kindGift.receive)['body']>,
): Promise<KindGiftView> {
  const gift = await lockGift(tx, command.giftId, ['valued']);
  const place = await ownPlace(needs, tx, command.placeId);
  const lines = (await listKindGiftLines(tx, [gift.id])).map((line) => {
    const told = command.lines.find((one) => one.lineId === line.id);
    const received = told?.received ?? 0;
    checkMost(received, line.quantity, line.title);
    if (received > 0 && line.expires_on && line.expires_on < dateInShanghai(tx.now))
      throw new Refusal('goods_expired', {}, 'lines');
    return { line, received, batch: told?.batch ?? '' };
  });
  const isShort = lines.some(({ line, received }) => received < line.quantity);
  if (isShort && command.reason.trim().length < 2)
    throw new Refusal('reason_required', {}, 'reason');
  const confirmationNumber = `${gift.number.replace('SW', 'SWQR')}`;
  await updateKindGift(tx, gift.id, {
    state: 'received',
    place_id: place.id,
    received_at: tx.now,
    received_by: tx.actor.accountId,
    reason: command.reason.trim() || null,
    confirmation_number: confirmationNumber,
  });
  tx.touched('kind_gift', gift.id, 'receive');
  if (gift.account_id)
    await needs.message.send(tx, [
      {
        accountId: gift.account_id,
        topic: 'service',
        title: '您捐的物资已入库',
        body: `${gift.number} 已在${place.name}入库，捐赠确认号 ${confirmationNumber}。发到哪里，可在“我的实物捐赠”里查看。`,
        link: `/my/kind-gifts/${gift.id}`,
        text: null,
      },
    ]);
  const came = lines.filter(({ received }) => received > 0);
  const label = await labelForStaff(needs, tx, gift);
  // The lots are posted last; their rows are noted beside the lines just before that.
  const lots = await receive(
    needs,
    tx,
    came.map(({ line, received, batch }) => ({
      placeId: place.id,
      itemId: line.item_id!,
      quantity: received,
      batch,
      expiresOn: line.expires_on,
      unitValueFen: line.unit_value_fen!,
      origin: 'given' as const,
      originLabel: label,
      sourceId: gift.id,
      formId: null,
    })),
  );
  for (const { line, received } of lines)
    await updateKindGiftLine(tx, line.id, {
      received,
      lot_id: lots[came.findIndex((one) => one.line.id === line.id)]?.id ?? null,
    });
  return await readKindGift(needs, tx, gift.id);
}

/** The giver as staff who move the goods may read her. */
async function labelForStaff(needs: GoodsNeeds, tx: Scoped, gift: KindGiftRow): Promise<string> {
  if (gift.hide_from_staff) return `${KIND_HEARTED}捐赠`;
  const name = (await namesOfGivers(needs, tx, [gift])).get(gift.id);
  return `${name ?? KIND_HEARTED}捐赠`;
}

/** Ends an offer: declined by the federation with its reason. */
export async function declineKindGift(
  needs: GoodsNeeds,
  tx: Writing,
  command: { giftId: Id; reason: string },
): Promise<KindGiftView> {
  const gift = await lockGift(tx, command.giftId, ['offered', 'valued']);
  await updateKindGift(tx, gift.id, { state: 'declined', reason: command.reason });
  tx.touched('kind_gift', gift.id, 'decline');
  if (gift.account_id)
    await needs.message.send(tx, [
      {
        accountId: gift.account_id,
        topic: 'service',
        title: '您的实物捐赠没有收下',
        body: `${gift.number}：${command.reason}`,
        link: `/my/kind-gifts/${gift.id}`,
        text: null,
      },
    ]);
  return await readKindGift(needs, tx, gift.id);
}

/** The giver takes her offer back before it was taken in. */
export async function withdrawKindGift(tx: Writing, giftId: Id): Promise<void> {
  const gift = await lockGift(tx, giftId, ['offered', 'valued']);
  await updateKindGift(tx, gift.id, { state: 'withdrawn' });
  tx.touched('kind_gift', gift.id, 'withdraw');
}

async function readKindGift(needs: GoodsNeeds, tx: Scoped, id: Id): Promise<KindGiftView> {
  return (await kindGiftViews(needs, tx, await listKindGifts(tx, { id })))[0]!;
}

/** Names under which givers chose to appear; an enterprise always by its own. */
async function namesOfGivers(
  needs: GoodsNeeds,
  tx: Scoped,
  gifts: readonly KindGiftRow[],
): Promise<Map<Id, string>> {
  const organizations = await needs.organization.names(
    tx,
    gifts.flatMap((gift) => gift.organization_id ?? []),
  );
  const boxes = await needs.vault.findBoxes(
    tx,
    gifts.filter((gift) => gift.name_sealed).map((gift) => gift.id),
  );
  return new Map(
    gifts.flatMap((gift) => {
      const name = gift.organization_id
        ? organizations.get(gift.organization_id)
        : gift.name_sealed && boxes.get(gift.id)?.open(gift.name_sealed);
      return name ? [[gift.id, name]] : [];
    }),
  );
}

/** How the public reads an enterprise's name: by its consent only. Undefined for other givers. */
async function enterpriseNames(needs: GoodsNeeds, tx: Scoped, rows: readonly KindGiftRow[]) {
  const agreed = await needs.organization.giverNames(
    tx,
    rows.flatMap((row) => row.organization_id ?? []),
  );
  return ({ organization_id: id }: KindGiftRow) =>
    id === null ? undefined : (agreed.get(id) ?? caringEnterprise('zh'));
}

/** Gifts in kind as their giver and the federation see them. */
export async function kindGiftViews(
  needs: GoodsNeeds,
  tx: Scoped,
  rows: readonly KindGiftRow[],
): Promise<KindGiftView[]> {
  const ids = rows.map((row) => row.id);
  const lines = await listKindGiftLines(tx, ids);
  const names = await namesOfGivers(needs, tx, rows);
  const publicOf = await enterpriseNames(needs, tx, rows);
  const papers = ids.length > 0 ? await needs.attachment.of(tx, ids) : new Map();
  const places = await needs.place.servicePoints(
    tx,
    rows.flatMap((row) => row.place_id ?? []),
  );
  return rows.map((row) => {
    const mine = lines.filter((line) => line.gift_id === row.id);
    const isValued = mine.every((line) => line.unit_value_fen !== null);
    const name = names.get(row.id) ?? KIND_HEARTED;
    const place = row.place_id ? places.get(row.place_id) : undefined;
    return {
      id: row.id,
      number: row.number,
      state: row.state as KindGiftView['state'],
      legalForm: row.legal_form as KindGiftView['legalForm'],
      donorKind: row.organization_id ? 'enterprise' : 'resident',
      donorName: name,
      publicName: row.hide_from_public ? KIND_HEARTED : (publicOf(row) ?? name),
      purpose: row.purpose,
      area: place ? needs.place.ref(place.areaId) : null,
      offeredAt: row.offered_at.toISOString(),
      valueFen: isValued
        ? mine.reduce(
            (sum, line) => sum + line.unit_value_fen! * (line.received ?? line.quantity),
            0,
          )
        : null,
      basis: row.basis as KindGiftView['basis'],
      paperNumber: row.paper_number,
      confirmationNumber: row.confirmation_number,
      receivedAt: row.received_at?.toISOString() ?? null,
      placeName: place?.name ?? null,
      papers: papers.get(row.id) ?? [],
      lines: mine.map((line) => ({
        id: line.id,
        title: line.title,
        quantity: line.quantity,
        unit: line.unit,
        expiresOn: line.expires_on,
        itemId: line.item_id,
        unitValueFen: line.unit_value_fen,
        received: line.received,
      })),
    };
  });
}
