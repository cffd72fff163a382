import { dateInShanghai, formatYuan, Refusal, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { listDeliveries } from './delivery.store.ts';
import type { SaleNeeds } from './sale.needs.ts';

const OWN_MOST = 2_000;
const WORDS = {
  zh: {
    orders: '商城订单',
    number: '编号',
    day: '日期',
    goods: '商品',
    paid: '已付',
    back: '已退',
    bringing: '送货志愿者',
    name: '称呼',
    where: '社区',
    state: '状态',
    states: { asked: '等驿站同意', accepted: '可以送货', ended: '已停止' },
  },
  en: {
    orders: 'Orders',
    number: 'Number',
    day: 'Date',
    goods: 'Goods',
    paid: 'Paid',
    back: 'Given back',
    bringing: 'Bringing orders',
    name: 'Name at the door',
    where: 'Community',
    state: 'State',
    states: { asked: 'asked', accepted: 'may bring orders', ended: 'ended' },
  },
} as const;

/** The caller's orders, and where she brings orders to others, as rows of her my-data page. Resident login. */
export async function ownSections(
  needs: SaleNeeds,
  tx: Scoped,
): Promise<{ title: string; rows: Record<string, string>[] }[]> {
  const accountId = tx.actor.accountId!;
  const say = WORDS[tx.actor.language];
  const orders = await sql<{
    number: string;
    at: Date;
    goods: string;
    goodsFen: number;
    backFen: number;
  }>`select o.number, o.placed_at as at, o.goods_fen as "goodsFen", o.refunded_fen as "backFen",
      string_agg(l.title || ' × ' || l.quantity, '、' order by l.position) as goods
    from sale_order o join sale_line l on l.order_id = o.id
    where o.account_id = ${accountId} and o.paid_at is not null
    group by o.id order by o.serial desc limit ${OWN_MOST}`.execute(tx.db);
  const offers = await tx.db
    .selectFrom('delivery_volunteer')
    .select(['area_id', 'state', 'name_sealed', 'asked_at'])
    .where('account_id', '=', accountId)
    .orderBy('asked_at')
    .execute();
  const box =
    offers.length > 0 ? (await needs.vault.findBoxes(tx, [accountId])).get(accountId) : undefined;
  return [
    {
      title: say.orders,
      rows: orders.rows.map((one) => ({
        [say.number]: one.number,
        [say.day]: dateInShanghai(one.at),
        [say.goods]: one.goods,
        [say.paid]: formatYuan(one.goodsFen),
        [say.back]: formatYuan(one.backFen),
      })),
    },
    {
      title: say.bringing,
      rows: offers.map((one) => ({
        [say.where]: needs.place.ref(one.area_id).name,
        [say.name]: box?.open(one.name_sealed) ?? '',
        [say.day]: dateInShanghai(one.asked_at),
        [say.state]: say.states[one.state as keyof typeof say.states],
      })),
    },
  ];
}

/**
 * Forgets where an account offered to bring orders; says so in words for her, or null when it never did. Refuses
 * `delivery_in_hand` while she carries one. System login.
 */
export async function forgetOwn(
  tx: Writing,
  { accountId }: { accountId: Id },
): Promise<string | null> {
  const carrying = await listDeliveries(tx, { carrierId: accountId, states: ['taken', 'fetched'] });
  if (carrying.length > 0) throw new Refusal('delivery_in_hand');
  const { numDeletedRows } = await tx.db
    .deleteFrom('delivery_volunteer')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return null;
  tx.touched('account', accountId, 'delivery_forgotten');
  return '您报名送货的记录和您的称呼已经删除。送过的订单只留下时间，不再能看出是您。';
}
