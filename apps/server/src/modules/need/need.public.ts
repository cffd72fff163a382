import { Refusal, type Id } from '@wennuan/basics';
import type { Language, NeedState, RouteOutput, routes } from '@wennuan/contract';
import { sql } from 'kysely';
import QRCode from 'qrcode';
import type { Scoped } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import type { ItemMoney } from '../donation/index.ts';
import type { NeedNeeds } from './need.ports.ts';
import { rowsOf } from './need.view.ts';
import { listByIds, readSealed } from './need.store.ts';
import {
  countCards,
  findCard,
  listCards,
  listSteps,
  type Card,
  type CardState,
} from './need.wall.ts';

type Routes = typeof routes.need;
type WallWish = RouteOutput<Routes['wall']>['items'][number];

const THANKS: Record<Language, string> = {
  zh: '已收到，谢谢大家。',
  en: 'It has arrived. Thank you all.',
};
const REMAINDER: Record<Language, string> = {
  zh: '多出的善款用于同一社区下一个最早的心愿；没有时留在“微心愿”募捐活动。',
  en: 'What is left over goes to the next-oldest wish of the same community, else to the campaign.',
};

/** A page of the wish wall with its two counts. */
export async function readWall(
  needs: NeedNeeds,
  tx: Scoped,
  query: {
    areaCode?: string | undefined;
    state?: CardState | undefined;
    after?: Id | undefined;
    limit: number;
  },
): Promise<RouteOutput<Routes['wall']>> {
  const areaIds = query.areaCode
    ? needs.place.below(needs.place.areaByCode(query.areaCode).id)
    : null;
  const cards = await listCards(tx, {
    areaIds,
    state: query.state,
    after: query.after,
    limit: query.limit + 1,
  });
  const { shown, next } = cutPage(cards, query.limit, (last) => last.needId);
  return {
    items: await wishesOf(needs, tx, shown),
    next,
    ...(await countCards(tx)),
    asOf: tx.now.toISOString(),
  };
}

/** One wish with what happened to it; refuses with `not_found`. */
export async function readWish(
  needs: NeedNeeds,
  tx: Scoped,
  needId: Id,
): Promise<RouteOutput<Routes['wish']>> {
  const card = await findCard(tx, needId);
  if (!card) throw new Refusal('not_found');
  const steps = await listSteps(tx, [needId]);
  const rule = await needs.donation.remainderRule?.(tx);
  return {
    ...(await wishesOf(needs, tx, [card]))[0]!,
    steps: steps.map(({ at, step, amountFen }) => ({ at: at.toISOString(), step, amountFen })),
    remainderRule: rule ?? REMAINDER[tx.actor.language],
  };
}

async function wishesOf(needs: NeedNeeds, tx: Scoped, cards: readonly Card[]): Promise<WallWish[]> {
  const items = await needs.donation.itemsOf(
    tx,
    cards.map((card) => card.needId),
  );
  return cards.map((card) => wishOf(needs, card, items.get(card.needId), tx.actor.language));
}

/** The card, with the sums as the campaign has them this moment. */
function wishOf(
  needs: NeedNeeds,
  card: Card,
  item: ItemMoney | undefined,
  language: Language,
): WallWish {
  return {
    id: card.needId,
    itemId: card.itemId,
    title: card.title,
    text: card.text,
    area: needs.place.ref(card.areaId),
    streetName: needs.place.streetOf(card.areaId)?.name ?? '',
    state: card.state,
    targetFen: item?.targetFen ?? card.targetFen,
    givenFen: item?.givenFen ?? card.givenFen,
    ways: card.ways as WallWish['ways'],
    since: card.since.toISOString(),
    claimedUntil: (item?.claimedUntil ?? card.claimedUntil)?.toISOString() ?? null,
    pictureIds: card.pictureIds,
    thanks: card.thanks === 'received' ? THANKS[language] : null,
  };
}

const SLIP_CODE = /^[A-HJ-NP-Z2-9]{16}$/;

/**
 * What the printed slip of a need says, its QR code with the address of this site (`origin`); refuses
 * with `not_found`.
 */
export async function readSlip(
  needs: NeedNeeds,
  tx: Scoped,
  { needId, origin }: { needId: Id; origin: string },
): Promise<RouteOutput<Routes['slip']>> {
  const [need] = await listByIds(tx, [needId]);
  const sealed = (await readSealed(tx, [needId])).get(needId);
  if (!need || !sealed) throw new Refusal('not_found');
  const [row] = await rowsOf(needs, tx, [need]);
  const names = await needs.access.names(tx, need.handledById ? [need.handledById] : []);
  const area = needs.place.area(need.areaId);
  const lookUpPath = `/slips/${sealed.slipCode}`;
  return {
    number: need.number,
    title: row!.title,
    filedAt: need.filedAt.toISOString(),
    answerBy: need.dueAt?.toISOString() ?? null,
    handledByName: (need.handledById && names.get(need.handledById)) ?? null,
    deskTelephone: area.deskTelephone,
    communityName: area.name,
    lookUpPath,
    qrSvg: await QRCode.toString(origin + lookUpPath, { type: 'svg', margin: 1 }),
  };
}

/**
 * The state of a matter for whoever holds its slip; says nothing about whom or what for. The row shows
 * itself only to its code. Refuses with `not_found`.
 */
export async function lookUpSlip(
  needs: NeedNeeds,
  tx: Scoped,
  code: string,
): Promise<RouteOutput<Routes['lookUp']>> {
  const plain = code.trim().toUpperCase();
  if (!SLIP_CODE.test(plain)) throw new Refusal('not_found');
  // Only letters and digits come this far: SET takes no parameters.
  await sql.raw(`set local app.slip = '${plain}'`).execute(tx.db);
  const row = await tx.db
    .selectFrom('need_slip')
    .select(['number', 'state', 'answer_by', 'area_id'])
    .where('code', '=', plain)
    .executeTakeFirst();
  if (!row) throw new Refusal('not_found');
  const area = needs.place.area(row.area_id);
  return {
    number: row.number,
    state: row.state as NeedState,
    answerBy: row.answer_by?.toISOString() ?? null,
    communityName: area.name,
    deskTelephone: area.deskTelephone,
  };
}
