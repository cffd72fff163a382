import { dateInShanghai, Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { FastifyRequest } from 'fastify';
import type {} from '@fastify/multipart';
import type { Scoped } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import { answerSheet } from './answer-sheet.ts';
import type { Part } from './award.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';
import { partView, programmeView } from './award.view.ts';
import { confirmFor, notePartDone } from './confirm.service.ts';
import { importPaid, referReady } from './elsewhere.service.ts';
import { fundOf, nameFund } from './fund-of.ts';
import { listImports } from './import.store.ts';
import { countParts, listParts } from './part.store.ts';
import { payOut } from './payout.service.ts';
import { referralSheet } from './referral.ts';
import { listRounds, roundsById } from './round.store.ts';

type Names =
  | 'deliveries'
  | 'payOut'
  | 'nameFund'
  | 'confirmations'
  | 'doPart'
  | 'confirmFor'
  | 'importPaid'
  | 'imports'
  | 'refer'
  | 'referralSheet';
type DeliveryHandlers = Pick<Handlers<typeof routes.award>, Names>;

const DONE = { ok: true } as const;

/** How help arrives: from the federation, or from the department that decides. */
export function deliveryHandlers(needs: AwardNeeds): DeliveryHandlers {
  return { ...givingHandlers(needs), ...elsewhereHandlers(needs) };
}

function givingHandlers(
  needs: AwardNeeds,
): Pick<
  DeliveryHandlers,
  'deliveries' | 'payOut' | 'nameFund' | 'confirmations' | 'doPart' | 'confirmFor'
> {
  return {
    deliveries: ({ actor }) => needs.database.read(actor, (tx) => deliveriesOf(needs, tx)),
    payOut: ({ actor, params }) =>
      needs.database.write(actor, 'award.pay_out', (tx) => payOut(needs, tx, params.programmeCode)),
    async nameFund({ actor, params, body }) {
      await needs.database.write(actor, 'award.name_fund', async (tx) => {
        const [fund] = await needs.fund.listFunds(tx, { ids: [body.fundId] });
        if (!fund) throw new Refusal('not_found', {}, 'fundId');
        await nameFund(tx, params.word, fund.id);
        tx.touched('fund', fund.id, params.word);
      });
      return DONE;
    },
    confirmations: ({ actor, query }) =>
      needs.database.read(actor, async (tx) => {
        const parts = await listParts(tx, {
          states: [query.kind === 'to_do' ? 'sent' : 'delivered'],
          ...(query.kind === 'to_do' && {
            deliveries: ['visit', 'service', 'volunteer_hours', 'health_check', 'goods'],
          }),
          after: query.after,
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(parts, query.limit, (last) => last.id);
        return {
          items: await waitingViews(needs, tx, shown),
          next,
        };
      }),
    async doPart({ actor, params, body }) {
      await needs.database.write(actor, 'award.part_done', (tx) =>
        notePartDone(needs, tx, { partId: params.periodId, ...body }),
      );
      return DONE;
    },
    async confirmFor({ actor, params, body }) {
      await needs.database.write(actor, 'award.confirm_for', (tx) =>
        confirmFor(needs, tx, { partId: params.periodId, ...body }),
      );
      return DONE;
    },
  };
}

async function deliveriesOf(needs: AwardNeeds, tx: Scoped) {
  const counts = await countParts(tx);
  const rounds = await listRounds(tx, {});
  const mayPay = tx.actor.role === 'federation_officer';
  const items = [];
  const byCode = Map.groupBy(counts, (row) => row.program_code);
  // A programme of which nothing is due yet stands here too: its fund is named before anybody is proposed.
  const newest = new Map(rounds.toReversed().map((round) => [round.programCode, round]));
  for (const [code, round] of newest) {
    const some = byCode.get(code) ?? [];
    const of = (...states: Part['state'][]) => some.filter((row) => states.includes(row.state));
    const count = (rows: typeof some) => rows.reduce((sum, row) => sum + row.count, 0);
    const due = of('due');
    const isCash = round.definition.delivery === 'cash' && round.source === 'charity';
    const word = round.definition.fund;
    const fund =
      word && round.source === 'charity'
        ? { word, name: (await fundOf(needs, tx, word))?.name ?? null }
        : null;
    items.push({
      programme: programmeView(tx, round.definition),
      due: count(due),
      dueAmount: due.reduce((sum, row) => sum + row.amount, 0),
      sent: count(of('sent')),
      delivered: count(of('delivered')),
      confirmed: count(of('confirmed')),
      waits: some.find((row) => row.waits)?.waits ?? null,
      fund,
      mayPay: mayPay && isCash && due.length > 0,
    });
  }
  return { asOf: tx.now.toISOString(), items };
}

async function waitingViews(needs: AwardNeeds, tx: Scoped, parts: readonly Part[]) {
  const awards = new Map(
    (await listAwards(tx, { ids: parts.map((part) => part.awardId) })).map((one) => [one.id, one]),
  );
  const rounds = await roundsById(
    tx,
    [...awards.values()].map((award) => award.roundId),
  );
  const persons = await needs.resident.people(
    tx,
    parts.map((part) => part.personId),
  );
  const today = Date.parse(dateInShanghai(tx.now));
  return parts.flatMap((part) => {
    const award = awards.get(part.awardId);
    const round = award && rounds.get(award.roundId);
    if (!award || !round) return [];
    const since = part.deliveredOn ?? part.dueOn;
    return [
      {
        ...partView(tx, part, { number: award.number, round }),
        maskedName: persons.get(part.personId)?.maskedName ?? '',
        area: needs.place.ref(part.areaId),
        days: Math.round((today - Date.parse(since)) / 86_400_000),
      },
    ];
  });
}

function elsewhereHandlers(
  needs: AwardNeeds,
): Pick<DeliveryHandlers, 'importPaid' | 'imports' | 'refer' | 'referralSheet'> {
  return {
    refer: ({ actor, params }) =>
      needs.database.write(actor, 'award.refer', (tx) => referReady(needs, tx, params.roundId)),
    referralSheet: async ({ actor, params, reply }) =>
      answerSheet(reply, 'referral', await referralSheet(needs, actor, params.roundId)),
    importPaid: async ({ actor, query, request }) =>
      await importPaid(needs, actor, { ...query, ...(await uploaded(request)) }),
    imports: ({ actor }) =>
      needs.database.read(actor, async (tx) => ({
        items: (await listImports(tx)).map((row) => ({ ...row, at: row.at.toISOString() })),
      })),
  };
}

async function uploaded(request: FastifyRequest): Promise<{ bytes: Buffer; fileName: string }> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw new Refusal('sheet_unreadable');
  return { bytes: await part.toBuffer(), fileName: part.filename.slice(0, 120) };
}
