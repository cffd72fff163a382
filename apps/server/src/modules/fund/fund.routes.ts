import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import {
  checkBooks,
  openFund,
  readFund,
  readFunds,
  readPublicFund,
  readPublicFunds,
  readPublicPayment,
} from './fund.service.ts';
import { changeBudgetLine, planBudgetLine } from './budget.service.ts';
import { readBudget, readBudgets } from './budget.view.ts';
import type { FundNeeds } from './fund.needs.ts';
import { payByHand, withdrawLines } from './line.service.ts';
import { listLines } from './line.store.ts';
import { readLines } from './line.view.ts';
import { pay } from './payment.service.ts';
import { cancelProposal, decide, propose, proposeCommand } from './proposal.service.ts';
import { listProposals } from './proposal.store.ts';
import { proposalViews, readProposal } from './proposal.view.ts';

/** The operations of `fund`: the contract's input to a use case, and back. */
export function fundHandlers(needs: FundNeeds): Handlers<typeof routes.fund> {
  return { ...fundPages(needs), ...proposalPages(needs), ...linePages(needs) };
}

type LinePages =
  | 'proposalLines'
  | 'payLine'
  | 'withdrawLine'
  | 'budgets'
  | 'planBudgetLine'
  | 'changeBudgetLine';

type FundPages =
  | 'publicFunds'
  | 'publicFund'
  | 'publicPayment'
  | 'funds'
  | 'createFund'
  | 'checkLedger';

function fundPages(needs: FundNeeds): Pick<Handlers<typeof routes.fund>, FundPages> {
  const read = <T>(actor: Actor, work: (tx: Scoped) => Promise<T>) =>
    needs.database.read(actor, work);
  return {
    publicFunds: ({ actor, query }) => read(actor, (tx) => readPublicFunds(needs, tx, query)),
    publicFund: ({ actor, params, query }) =>
      read(actor, (tx) => readPublicFund(needs, tx, { ...query, code: params.code })),
    publicPayment: ({ actor, params }) =>
      read(actor, (tx) => readPublicPayment(needs, tx, params.number)),
    funds: ({ actor, query }) =>
      read(actor, (tx) =>
        readFunds(needs, tx, {
          ...query,
          areaIds: actor.login === 'staff' ? actor.areaIds : undefined,
        }),
      ),
    async createFund({ actor, body }) {
      const areaId = body.areaCode === null ? null : needs.place.areaByCode(body.areaCode).id;
      const { areaCode: _, ...command } = body;
      const fund = await needs.database.write(actor, 'fund.create', (tx) =>
        openFund(needs, tx, { ...command, areaId }),
      );
      return await read(actor, (tx) => readFund(needs, tx, fund.id));
    },
    // The route’s permission is checked; the ledger lets only the system login look at every row.
    checkLedger: () => read(systemActor('ledger check'), checkBooks),
  };
}

function proposalPages(
  needs: FundNeeds,
): Omit<Handlers<typeof routes.fund>, FundPages | LinePages> {
  const { database } = needs;
  const view = (actor: Actor, id: Id) => database.read(actor, (tx) => readProposal(needs, tx, id));
  return {
    async propose({ actor, body }) {
      const command = proposeCommand(body);
      const { proposalId } = await sentOnce(() =>
        database.write(actor, 'fund.propose', (tx) => propose(needs, tx, command)),
      );
      return await view(actor, proposalId);
    },
    proposals: ({ actor, query }) =>
      database.read(actor, async (tx) => {
        const rows = await listProposals(tx, {
          state: query.state,
          before: cursorOf(query.after),
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(
          rows,
          query.limit,
          (last) => `${last.waits}.${last.serial}`,
        );
        return {
          items: await proposalViews(needs, tx, shown),
          next,
        };
      }),
    readProposal: ({ actor, params }) => view(actor, params.proposalId),
    async cancelProposal({ actor, params, body }) {
      await database.write(actor, 'fund.cancel_proposal', (tx) =>
        cancelProposal(needs, tx, { proposalId: params.proposalId, reason: body.reason }),
      );
      return await view(actor, params.proposalId);
    },
    async decide({ actor, params, body }) {
      const { proposalId } = await database.write(actor, `fund.${body.decision}`, (tx) =>
        decide(needs, tx, { approvalId: params.approvalId, ...body }),
      );
      return await view(actor, proposalId);
    },
    async pay({ actor, params, body }) {
      await database.write(actor, 'fund.pay', (tx) =>
        pay(needs, tx, { proposalId: params.proposalId, ...body }),
      );
      return await view(actor, params.proposalId);
    },
  };
}

/** Payees of a proposal one by one, and budgets. */
function linePages(needs: FundNeeds): Pick<Handlers<typeof routes.fund>, LinePages> {
  const { database } = needs;
  const proposalOf = (actor: Actor, lineId: Id) =>
    database.read(actor, async (tx) => {
      const [row] = await listLines(tx, { ids: [lineId] });
      if (!row) throw new Refusal('not_found');
      return await readProposal(needs, tx, row.proposalId);
    });
  return {
    proposalLines: ({ actor, params, query }) =>
      database.read(actor, (tx) =>
        readLines(needs, tx, { ...query, proposalId: params.proposalId }),
      ),
    async payLine({ actor, params, body }) {
      await database.write(actor, 'fund.pay_line', (tx) =>
        payByHand(needs, tx, { lineId: params.lineId, ...body }),
      );
      return await proposalOf(actor, params.lineId);
    },
    async withdrawLine({ actor, params, body }) {
      await database.write(actor, 'fund.withdraw_line', (tx) =>
        withdrawLines(needs, tx, { lineIds: [params.lineId], reason: body.reason }),
      );
      return await proposalOf(actor, params.lineId);
    },
    budgets: ({ actor, query }) => database.read(actor, (tx) => readBudgets(tx, query)),
    async planBudgetLine({ actor, params, body }) {
      await database.write(actor, 'fund.plan_budget', (tx) =>
        planBudgetLine(needs, tx, { accountId: params.accountId, ...body }),
      );
      return await database.read(actor, (tx) => readBudget(tx, params.accountId));
    },
    async changeBudgetLine({ actor, params, body }) {
      const accountId = await database.write(actor, 'fund.change_budget', (tx) =>
        changeBudgetLine(tx, { budgetLineId: params.budgetLineId, ...body }),
      );
      return await database.read(actor, (tx) => readBudget(tx, accountId));
    },
  };
}

function cursorOf(after: string | undefined): { waits: number; serial: number } | undefined {
  if (after === undefined) return undefined;
  const [waits, serial] = after.split('.').map(Number);
  if (!Number.isSafeInteger(waits) || !Number.isSafeInteger(serial))
    throw new Refusal('input_invalid', {}, 'after');
  return { waits: waits!, serial: serial! };
}
