import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import {
  draftCampaign,
  openCampaign,
  readCampaign,
  readCampaignPage,
  readCampaigns,
  setTick,
} from './campaign.service.ts';
import { claimItem, readClaim, readClaims, recordClaimPayment } from './claim.service.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { keepGift, readGift, readGifts, readMyGifts } from './gift.service.ts';
import { checkNotice, checkSignature, SIGNATURE_HEADER, type Sandbox } from '../payment/index.ts';
import { asksForPayer } from './pay-page.service.ts';
import { payAt, type NoticeTaker } from './channel.service.ts';
import { giftToken, startGift } from './order.service.ts';

type All = Handlers<typeof routes.donation>;
type CampaignPages = 'campaigns' | 'campaign' | 'draftCampaign' | 'setTick' | 'openCampaign';
type GiftPages = 'startGift' | 'readGift' | 'keepGift' | 'myGifts' | 'gifts';
type PlatformPages = 'notice' | 'sandboxOrder' | 'sandboxPay';
type ClaimPages = Exclude<keyof All, CampaignPages | GiftPages | PlatformPages>;

/** Where notices come in: the sandbox, if there is one, and what takes notices in. */
export interface GiftDoors {
  sandbox: Sandbox | null;
  taker: NoticeTaker;
}

/** The operations of `donation`; without a sandbox its cashier is not found. */
export function donationHandlers(needs: DonationNeeds, doors: GiftDoors): All {
  return {
    ...campaignPages(needs),
    ...giftPages(needs),
    ...platformPages(needs, doors),
    ...claimPages(needs),
  };
}

function campaignPages({ database, ...rest }: DonationNeeds): Pick<All, CampaignPages> {
  const needs = { database, ...rest };
  const view = (actor: Actor, id: Id) => database.read(actor, (tx) => readCampaign(tx, id));
  return {
    campaigns: ({ actor, query }) => database.read(actor, (tx) => readCampaigns(tx, query)),
    campaign: ({ actor, params }) =>
      database.read(actor, (tx) => readCampaignPage(tx, params.code)),
    async draftCampaign({ actor, body }) {
      const { campaignId } = await database.write(actor, 'donation.draft_campaign', (tx) =>
        draftCampaign(needs, tx, body),
      );
      return await view(actor, campaignId);
    },
    async setTick({ actor, params, body }) {
      await database.write(actor, 'donation.set_tick', (tx) =>
        setTick(tx, { campaignId: params.campaignId, ...body }),
      );
      return await view(actor, params.campaignId);
    },
    async openCampaign({ actor, params }) {
      await database.write(actor, 'donation.open_campaign', (tx) =>
        openCampaign(tx, params.campaignId),
      );
      return await view(actor, params.campaignId);
    },
  };
}

function giftPages(needs: DonationNeeds): Pick<All, GiftPages> {
  const { database } = needs;
  return {
    async startGift({ actor, body, request }) {
      const begun = await sentOnce(() =>
        database.write(actor, 'donation.start_gift', (tx) => startGift(needs, tx, body)),
      );
      const { giftId, token, cashierUrl } = begun;
      if (cashierUrl !== null) return { giftId, token, cashierUrl, code: null, call: null };
      // Inside WeChat it is first asked who pays, on the gift's own page for paying.
      if (asksForPayer(needs, begun))
        return { giftId, token, cashierUrl: `/gifts/${token}/pay`, code: null, call: null };
      begun.toBegin.clientAddress = request.ip;
      const step = await payAt(needs, begun);
      return {
        giftId,
        token,
        cashierUrl: step.kind === 'redirect' ? step.url : `/gifts/${token}`,
        code: step.kind === 'code' ? step.text : null,
        call: step.kind === 'call' ? step.values : null,
      };
    },
    readGift: ({ actor, params }) =>
      database.read(actor, (tx) => readGift(needs, tx, params.token)),
    async keepGift({ actor, params }) {
      await database.write(actor, 'donation.keep_gift', (tx) => keepGift(needs, tx, params.token));
      return await database.read(actor, (tx) => readGift(needs, tx, params.token));
    },
    myGifts: ({ actor, query }) => database.read(actor, (tx) => readMyGifts(needs, tx, query)),
    gifts: ({ actor, query }) => database.read(actor, (tx) => readGifts(needs, tx, query)),
  };
}

function platformPages(
  needs: DonationNeeds,
  { sandbox, taker }: GiftDoors,
): Pick<All, PlatformPages> {
  const cashier = () => {
    if (!sandbox) throw new Refusal('not_found');
    return sandbox;
  };
  const returnPath = (orderId: Id) => `/gifts/${giftToken(needs.vault, orderId)}`;
  return {
    async notice({ request, body }) {
      const signed = { body: request.rawBody, signature: request.headers[SIGNATURE_HEADER] };
      await checkSignature(signed, await cashier().publicKey(), needs.isSigned);
      checkNotice(body, needs.clock.now());
      const outcome = await taker.receive(body);
      if (outcome.status === 'refused') throw new Refusal(outcome.code);
      const { giftNumber, platformOrder } = outcome;
      return { giftNumber, platformOrder, repeated: outcome.status === 'repeated' };
    },
    async sandboxOrder({ params }) {
      const order = await cashier().find(params.orderId);
      return {
        projectName: order.projectName,
        amountFen: order.amountFen,
        state: order.state,
        returnPath: returnPath(order.id),
      };
    },
    async sandboxPay({ params }) {
      const delivered = await cashier().pay(params.orderId);
      return { returnPath: returnPath(params.orderId), delivered };
    },
  };
}

function claimPages(needs: DonationNeeds): Pick<All, ClaimPages> {
  const { database } = needs;
  return {
    async claim({ actor, body }) {
      const { claimId } = await sentOnce(() =>
        database.write(actor, 'donation.claim', (tx) => claimItem(needs, tx, body)),
      );
      return await database.read(actor, (tx) => readClaim(tx, claimId));
    },
    myClaims: ({ actor, query }) => database.read(actor, (tx) => readClaims(tx, query)),
    claims: ({ actor, query }) => database.read(actor, (tx) => readClaims(tx, query)),
    async claimPaid({ actor, params, body }) {
      await database.write(actor, 'donation.record_claim_payment', (tx) =>
        recordClaimPayment(needs, tx, { claimId: params.claimId, ...body }),
      );
      return await database.read(actor, (tx) => readClaim(tx, params.claimId));
    },
  };
}
