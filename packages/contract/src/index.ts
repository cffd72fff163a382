import { attachmentRoutes } from './attachment.ts';
import { awardRoutes } from './award.ts';
import { benefitRoutes } from './benefit.ts';
import { bookRoutes } from './book.ts';
import { cashRoutes } from './cash.ts';
import { catalogueRoutes } from './catalogue.ts';
import { charitySaleRoutes } from './charity-sale.ts';
import { campaignRoutes } from './campaign.ts';
import { complaintRoutes } from './complaint.ts';
import { counterRoutes } from './counter.ts';
import { deliveryRoutes } from './delivery.ts';
import { deskRoutes } from './desk.ts';
import { disclosureRoutes, openRoutes } from './disclosure.ts';
import { distributionRoutes } from './distribution.ts';
import { donationRoutes } from './donation.ts';
import { fileRoutes } from './file.ts';
import { fundRoutes } from './fund.ts';
import { goodsRoutes } from './goods.ts';
import { groupBuyRoutes } from './group-buy.ts';
import { kindGiftRoutes } from './kind-gift.ts';
import { matchingRoutes } from './matching.ts';
import { messageRoutes } from './message.ts';
import { needRoutes } from './need.ts';
import { organizationRoutes } from './organization.ts';
import { paymentRoutes } from './payment.ts';
import { payoutRoutes } from './payout.ts';
import { pledgeRoutes } from './pledge.ts';
import { placeRoutes } from './place.ts';
import { programRoutes } from './program.ts';
import { publicationRoutes } from './publication.ts';
import { purposeRoutes } from './purpose.ts';
import { receiptRoutes } from './receipt.ts';
import { residentRoutes } from './resident.ts';
import { resourceRoutes } from './resource.ts';
import { rosterRoutes } from './roster.ts';
import { saleRoutes } from './sale.ts';
import { sellerMoneyRoutes } from './seller-money.ts';
import { sessionRoutes } from './session.ts';
import { settlementRoutes } from './settlement.ts';
import { supervisionRoutes } from './supervision.ts';

/** Every operation of the API by module; the server mounts exactly these. */
export const routes = {
  place: placeRoutes,
  session: sessionRoutes,
  message: messageRoutes,
  attachment: attachmentRoutes,
  organization: organizationRoutes,
  resident: residentRoutes,
  roster: rosterRoutes,
  file: fileRoutes,
  purpose: purposeRoutes,
  desk: deskRoutes,
  fund: fundRoutes,
  publication: publicationRoutes,
  payment: paymentRoutes,
  donation: donationRoutes,
  campaign: campaignRoutes,
  matching: matchingRoutes,
  pledge: pledgeRoutes,
  receipt: receiptRoutes,
  payout: payoutRoutes,
  cash: cashRoutes,
  book: bookRoutes,
  disclosure: disclosureRoutes,
  open: openRoutes,
  complaint: complaintRoutes,
  resource: resourceRoutes,
  benefit: benefitRoutes,
  counter: counterRoutes,
  award: awardRoutes,
  program: programRoutes,
  need: needRoutes,
  goods: goodsRoutes,
  kindGift: kindGiftRoutes,
  distribution: distributionRoutes,
  groupBuy: groupBuyRoutes,
  catalogue: catalogueRoutes,
  sale: saleRoutes,
  sellerMoney: sellerMoneyRoutes,
  delivery: deliveryRoutes,
  settlement: settlementRoutes,
  charitySale: charitySaleRoutes,
  supervision: supervisionRoutes,
};

export * from './access.ts';
export { awardStates, tellingWays } from './award.shapes.ts';
export { type GoodsCategory, goodsCategories, shelfCategories } from './benefit.ts';
export { taskKinds } from './desk.ts';
export { claimStates, legalForms } from './donation.ts';
export { lookUpPurposes, relations } from './file.ts';
export { factsByHand, healthFacts, sensitiveFacts, specialStatusFacts } from './file.shapes.ts';
export * from './refusals.ts';
export type { RouteDefinition, RouteInput, RouteOutput, RouteRequest } from './route.ts';
export * from './need.kinds.ts';
export { channelCodes, paymentStates } from './payment.shapes.ts';
export { consentPurposes } from './resident.ts';
export { evidenceCodes, type FindingKind, findingKinds, findingOutcomes } from './supervision.ts';
export { SALE_LINES_MOST } from './sale.ts';
export { refundReasons } from './seller-money.ts';
export * as shapes from './shapes.ts';
