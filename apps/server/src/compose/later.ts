import type { AwardModule } from '../modules/award/index.ts';
import type { CharitySaleModule } from '../modules/charity-sale/index.ts';
import type { Benefit } from '../modules/benefit/index.ts';
import type { Desk } from '../modules/desk/index.ts';
import type { Disclosure } from '../modules/disclosure/index.ts';
import type { Distribution } from '../modules/distribution/index.ts';
import type { GroupBuyModule } from '../modules/group-buy/index.ts';
import type { Goods } from '../modules/goods/index.ts';
import type { MessageModule } from '../modules/message/index.ts';
import type { NeedModule } from '../modules/need/index.ts';
import type { OrganizationModule } from '../modules/organization/index.ts';
import type { Payout } from '../modules/payout/index.ts';
import type { ProgramModule } from '../modules/program/index.ts';
import type { Receipt } from '../modules/receipt/index.ts';
import type { RosterModule } from '../modules/roster/index.ts';
import type { Sale } from '../modules/sale/index.ts';
import type { Events } from '../platform/events.ts';

/** What ports reach that is made after the module that has the port. */
export interface Later {
  message: MessageModule;
  desk: Desk;
  organization: OrganizationModule;
  need: NeedModule;
  receipt: Receipt;
  award: AwardModule;
  disclosure: Disclosure;
  roster: RosterModule;
  program: ProgramModule;
  payout: Payout;
  goods: Goods;
  benefit: Benefit;
  distribution: Distribution;
  charitySale: CharitySaleModule;
  groupBuy: GroupBuyModule;
  sale: Sale;
  events: Events;
  ownAddress: string;
}
