import books from './zh.books.ts';
import admin from './zh.admin.ts';
import cash from './zh.cash.ts';
import aid from './zh.aid.ts';
import campaign from './zh.campaign.ts';
import codes from './zh.codes.ts';
import desk from './zh.desk.ts';
import file from './zh.file.ts';
import distribution from './zh.distribution.ts';
import goods from './zh.goods.ts';
import charity from './zh.charity.ts';
import groupBuy from './zh.group-buy.ts';
import money from './zh.money.ts';
import need from './zh.need.ts';
import payment from './zh.payment.ts';
import people from './zh.people.ts';
import record from './zh.record.ts';
import roster from './zh.roster.ts';
import shop from './zh.shop.ts';
import supervision from './zh.supervision.ts';
import program from './zh.program.ts';

/** Words of the console area. Chinese is the original; the English files must have the same keys. */
export default {
  codes,
  need,
  ...desk,
  ...aid,
  ...people,
  ...file,
  ...program,
  ...campaign,
  ...money,
  ...books,
  ...cash,
  ...payment,
  ...distribution,
  ...goods,
  ...shop,
  ...groupBuy,
  ...charity,
  ...admin,
  ...supervision,
  ...roster,
  ...record,
} as const;
