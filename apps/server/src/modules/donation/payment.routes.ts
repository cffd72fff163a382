import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import {
  type OfGifts,
  paymentIdOf,
  remarkSentence,
  StatementsRefused,
  type WechatSandbox,
} from '../payment/index.ts';
import { attachProject, readPlatformProjects } from './attach.service.ts';
import { fetchBillAgain, readBills } from './daily-bill.service.ts';
import { labelIn } from '../fund/index.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { askChannels, type NoticeTaker } from './channel.service.ts';
import { giftToken } from './order.service.ts';
import { paymentOfToken, payPage } from './pay-page.service.ts';
import { importStatements } from './statement.service.ts';

const UNBELIEVED = 401;

type All = Handlers<typeof routes.payment>;

/** The operations about payments that make or move gifts. */
export function giftPaymentHandlers(
  needs: DonationNeeds,
  taker: NoticeTaker,
  wechat: WechatSandbox | null,
): Pick<All, OfGifts> {
  const { database } = needs;
  return {
    waysToPay: async ({ actor }) => ({
      items: needs.payment.channels.offered.map(({ code, name }) => ({
        code,
        name: labelIn(name, actor.language),
      })),
    }),
    async channelNotice({ params, request, reply }) {
      const channel = needs.payment.channels.of(params.channel);
      if (!channel) throw new Refusal('channel_unknown');
      const body = request.rawBody ?? Buffer.alloc(0);
      const answer = (taken: boolean, status?: number) => {
        const said = channel.replyTo(taken);
        return reply
          .code(status ?? said.status)
          .type(said.type)
          .send(said.body);
      };
      try {
        const result = await taker.take(channel, { headers: request.headers, body });
        if (result.kind === 'refused') return answer(false, UNBELIEVED);
        // What was altered is noted and looked at by a person; hearing it again would say nothing new.
        return answer(true);
      } catch (thrown) {
        request.log.warn({ channel: channel.code, reason: String(thrown) }, 'notice not taken');
        return answer(false);
      }
    },
    async askPayment({ actor, params }) {
      await database.write(actor, 'payment.ask', async (tx) =>
        tx.touched('gift_payment', params.paymentId),
      );
      await askChannels(needs, taker.receiveOne, params.paymentId);
      return { ok: true };
    },
    payPage: ({ actor, params, body, request }) =>
      payPage(needs, params.token, {
        ...body,
        clientAddress: request.ip,
        language: actor.language,
      }),
    async askOwnPayment({ params }) {
      const paymentId = await paymentOfToken(needs, params.token);
      await askChannels(needs, taker.receiveOne, paymentId);
      return { ok: true };
    },
    bills: ({ actor }) =>
      database.read(actor, async (tx) => ({ items: await readBills(needs, tx) })),
    async fetchBill({ actor, params }) {
      await database.write(actor, 'payment.fetch_bill', async (tx) =>
        tx.touched('channel_bill', `${params.channel} ${params.day}`),
      );
      await fetchBillAgain(needs, params);
      return await database.read(actor, async (tx) => ({ items: await readBills(needs, tx) }));
    },
    ...wechatHandlers(needs, wechat),
    ...statementHandlers(needs),
    platformProjects: ({ actor, query }) =>
      database.read(actor, (tx) =>
        readPlatformProjects(tx, { after: Number(query.after) || 0, limit: query.limit }),
      ),
    async attachProject({ actor, params, body }) {
      await database.write(actor, 'payment.attach_project', (tx) =>
        attachProject(needs, tx, { ...params, ...body }),
      );
      const { items } = await database.read(actor, (tx) =>
        readPlatformProjects(tx, { ids: [params.projectId], limit: 1 }),
      );
      return items[0]!;
    },
  };
}

const PLAYED_STATES = { NOTPAY: 'waiting', SUCCESS: 'paid', CLOSED: 'cancelled' } as const;

/** WeChat Pay, played; without a sandbox there is no such page. */
function wechatHandlers(
  needs: DonationNeeds,
  wechat: WechatSandbox | null,
): Pick<All, 'sandboxWechatOrder' | 'sandboxWechatPay'> {
  const gateway = () => {
    if (!wechat) throw new Refusal('not_found');
    return wechat;
  };
  const returnPath = (orderNumber: string) => {
    const giftId = paymentIdOf(orderNumber);
    if (giftId === null) throw new Refusal('not_found');
    return `/gifts/${giftToken(needs.vault, giftId)}/pay`;
  };
  return {
    async sandboxWechatOrder({ params: { orderNumber } }) {
      const { product, amountFen, state } = await gateway().find(orderNumber);
      const returnTo = returnPath(orderNumber);
      return { product, amountFen, state: PLAYED_STATES[state], returnPath: returnTo };
    },
    async sandboxWechatPay({ params: { orderNumber } }) {
      await gateway().take(orderNumber);
      const delivered = await gateway().notify(orderNumber);
      return { returnPath: returnPath(orderNumber), delivered };
    },
  };
}

/** Statements come in: all files of an import or none. */
function statementHandlers({ database, ...rest }: DonationNeeds): Pick<All, 'importStatements'> {
  const needs = { database, ...rest };
  return {
    async importStatements({ actor, body }) {
      const files = await database.read(actor, (tx) =>
        needs.payment.openStatements(tx, body.statementIds),
      );
      const say = (names: readonly string[]) => (remark: Remarked) => ({
        fileName: names[remark.file] ?? '',
        line: remark.line,
        message: remarkSentence(remark, actor.language),
      });
      try {
        const { names, notes, ...report } = await database.write(
          actor,
          'payment.import_statements',
          (tx) => importStatements(needs, tx, files),
        );
        return { ...report, notes: notes.map(say(names)) };
      } catch (thrown) {
        if (!(thrown instanceof StatementsRefused)) throw thrown;
        const [first] = thrown.problems.map(say(files.map((file) => file.name)));
        throw new Refusal('statement_unreadable', {
          count: thrown.problems.length,
          first: `${first!.fileName} ${first!.line ?? ''} ${first!.message}`,
        });
      }
    },
  };
}

type Remarked = StatementsRefused['problems'][number];
