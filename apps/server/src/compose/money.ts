import { createCash } from '../modules/cash/index.ts';
import { pausedCampaigns } from '../modules/complaint/index.ts';
import { createDonation, listGiverNames } from '../modules/donation/index.ts';
import { createFund } from '../modules/fund/index.ts';
import {
  NO_CHANNELS,
  createChannels,
  createPayment,
  createSandbox,
  createWechatSandbox,
  playedShelf,
} from '../modules/payment/index.ts';
import { createPayout } from '../modules/payout/index.ts';
import { createPublication } from '../modules/publication/index.ts';
import { createReceipt } from '../modules/receipt/index.ts';
import type { Ground } from './ground.ts';
import type { Later } from './later.ts';
import type { ComposeOptions } from './options.ts';
import type { People } from './people.ts';
import { besideThreads } from './threads.ts';

export type Money = Awaited<ReturnType<typeof composeMoney>>;

/** Tiers 4 and 5: funds, gifts, and the public log of both. */
export async function composeMoney(options: ComposeOptions, lower: Ground & People, later: Later) {
  const { access, resident } = lower;
  const fund = createFund({
    ...lower,
    names: access.names,
    giverNames: listGiverNames,
    outcomes: (tx, ids) => later.need.outcomesOf(tx, ids),
    needNumbers: (tx, ids) => later.need.numbersOf(tx, ids),
    signedPayees: (tx, ids) => later.payout.signedPayees(tx, ids),
    bought: (tx, payments) => later.goods.boughtWith(tx, payments),
    toldThings: (tx, things) => later.goods.toldThings(tx, things),
    redeemedWords: (tx, ids) => later.benefit.redeemedWords(tx, ids),
  });
  const sandbox = createSandbox({ ...lower, fetch, baseUrl: () => later.ownAddress ?? '' });
  const wechat = await playWechat(options, lower, later);
  const payment = createPayment({
    ...lower,
    names: access.names,
    channels: createChannels(
      options.payments ?? NO_CHANNELS,
      options.sandbox ? sandbox.channel : null,
      { clock: options.clock, fetch, wechatSandbox: wechat?.channel ?? null },
    ),
    giftNumbers: (tx, ids) => donation.giftNumbers(tx, ids),
  });
  const threads = besideThreads(options, later);
  const donation = createDonation(
    {
      ...lower,
      fund,
      payment,
      ...threads.donation,
      homeAreas: async (tx, accountId) => {
        const personId = await resident.personOf(tx, accountId);
        const person = personId && (await resident.people(tx, [personId])).get(personId);
        return person ? [person.areaId] : [];
      },
      contact: options.federationContact,
      siteUrl: () => options.payments?.siteUrl ?? later.ownAddress ?? '',
      pausedCampaigns,
    },
    options.sandbox ? sandbox : null,
    wechat,
  );
  const publication = createPublication({
    ...lower,
    schema: options.connection.schema,
    dataDir: options.dataDir,
    origin: options.logOrigin,
    giftTransfer: (tx, token) => donation.transferByToken(tx, token),
    fetch,
  });
  const receipt = createReceipt({
    ...lower,
    fund,
    donation,
    publication,
    publicAddress: options.publicAddress ?? null,
  });
  const payout = createPayout({ ...lower, fund, payment, donation, names: access.names });
  const cash = createCash({
    ...lower,
    fund,
    donation,
    names: access.names,
    siteUrl: () => options.payments?.siteUrl ?? later.ownAddress ?? '',
  });
  return { fund, payment, donation, publication, receipt, payout, cash, sandbox, wechat, threads };
}

/** WeChat Pay, played where it was asked for and the real one is not set up. */
async function playWechat(options: ComposeOptions, { clock, database }: Ground, later: Later) {
  const isPlayed = options.sandbox && options.wechatSandbox && !options.payments?.wechat;
  if (!isPlayed) return null;
  return await createWechatSandbox({
    clock,
    shelf: playedShelf(database),
    fetch,
    baseUrl: () => later.ownAddress ?? '',
    siteUrl: () => options.publicAddress ?? later.ownAddress ?? '',
  });
}
