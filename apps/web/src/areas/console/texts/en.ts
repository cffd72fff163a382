import type { Texts } from '../../../shared/i18n/index.ts';
import books from './en.books.ts';
import admin from './en.admin.ts';
import cash from './en.cash.ts';
import aid from './en.aid.ts';
import campaign from './en.campaign.ts';
import codes from './en.codes.ts';
import desk from './en.desk.ts';
import file from './en.file.ts';
import distribution from './en.distribution.ts';
import goods from './en.goods.ts';
import charity from './en.charity.ts';
import groupBuy from './en.group-buy.ts';
import money from './en.money.ts';
import need from './en.need.ts';
import payment from './en.payment.ts';
import people from './en.people.ts';
import record from './en.record.ts';
import roster from './en.roster.ts';
import shop from './en.shop.ts';
import supervision from './en.supervision.ts';
import program from './en.program.ts';
import type zh from './zh.ts';

const en: Texts<typeof zh> = {
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
};

export default en;
