import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import { confirmOpening, openBox, sealBox } from './box.service.ts';
import { listBoxes, listOpenings } from './box.store.ts';
import type { CashNeeds } from './cash.needs.ts';
import { listCounters, listCounts, listDeposits } from './cash.store.ts';
import {
  asHouse,
  counterView,
  counterViews,
  depositViews,
  readBoxes,
  readGifts,
  readSlip,
} from './cash.view.ts';
import {
  confirmCount,
  countCash,
  openCounter,
  payIn,
  takeGift,
  voidDeposit,
} from './counter.service.ts';

type All = Handlers<typeof routes.cash>;
type BoxPages = 'boxes' | 'sealBox' | 'openBox' | 'confirmOpening';

/** The operations of `cash`: what is written is found under the caller's own login first. */
export function cashHandlers(needs: CashNeeds): All {
  return { ...counterPages(needs), ...moneyPages(needs), ...boxPages(needs) };
}

/** Writes with the house's login, in the caller's name. */
function byHouse(needs: CashNeeds) {
  return <T>(actor: Actor, action: string, work: (tx: Writing) => Promise<T>) =>
    needs.database.write(asHouse(actor), `cash.${action}`, work);
}

/** Refuses `not_found` unless the caller's own login sees the row. */
async function mustSee(
  needs: CashNeeds,
  actor: Actor,
  find: 'counter' | 'count' | 'deposit' | 'box' | 'opening',
  id: Id,
) {
  const found = await needs.database.read(actor, async (tx) => {
    const ids = [id];
    if (find === 'counter') return await listCounters(tx, { ids });
    if (find === 'count') return await listCounts(tx, { ids });
    if (find === 'deposit') return await listDeposits(tx, { ids, limit: 1 });
    if (find === 'box') return await listBoxes(tx, { ids });
    return await listOpenings(tx, { ids });
  });
  if (found.length === 0) throw new Refusal('not_found');
}

function counterPages(
  needs: CashNeeds,
): Pick<All, 'counters' | 'openCounter' | 'purposes' | 'countCash' | 'confirmCount'> {
  const write = byHouse(needs);
  const view = (actor: Actor, id: Id) =>
    needs.database.read(actor, (tx) => counterView(needs, tx, id));
  return {
    counters: ({ actor }) =>
      needs.database.read(actor, async (tx) => ({ items: await counterViews(needs, tx) })),
    async openCounter({ actor, body }) {
      const id = await write(actor, 'open_counter', (tx) => openCounter(needs, tx, body));
      return await view(actor, id);
    },
    async purposes({ actor }) {
      const counters = await needs.database.read(actor, (tx) => listCounters(tx));
      const areaIds = counters.map((counter) => counter.areaId);
      return await needs.database.read(asHouse(actor), async (tx) => ({
        items: await needs.donation.cashPurposes(tx, areaIds),
      }));
    },
    async countCash({ actor, params, body }) {
      await mustSee(needs, actor, 'counter', params.counterId);
      await write(actor, 'count', (tx) => countCash(needs, tx, { ...params, ...body }));
      return await view(actor, params.counterId);
    },
    async confirmCount({ actor, params, body }) {
      await mustSee(needs, actor, 'count', params.countId);
      const counterId = await write(actor, 'confirm_count', (tx) =>
        confirmCount(tx, { ...params, ...body }),
      );
      return await view(actor, counterId);
    },
  };
}

function moneyPages(
  needs: CashNeeds,
): Pick<All, 'takeGift' | 'gifts' | 'slip' | 'payIn' | 'voidDeposit' | 'deposits'> {
  const write = byHouse(needs);
  const deposit = async (actor: Actor, id: Id) => {
    const [view] = await needs.database.read(actor, (tx) =>
      depositViews(needs, tx, { ids: [id], limit: 1 }),
    );
    if (!view) throw new Refusal('not_found');
    return view;
  };
  return {
    async takeGift({ actor, params, body }) {
      await mustSee(needs, actor, 'counter', params.counterId);
      const giftId = await sentOnce(() =>
        write(actor, 'take_gift', (tx) => takeGift(needs, tx, { ...params, ...body })),
      );
      return await readSlip(needs, actor, giftId);
    },
    gifts: ({ actor, query }) => readGifts(needs, actor, query),
    slip: ({ actor, params }) => readSlip(needs, actor, params.giftId),
    async payIn({ actor, params, body }) {
      await mustSee(needs, actor, 'counter', params.counterId);
      const id = await write(actor, 'pay_in', (tx) => payIn(needs, tx, { ...params, ...body }));
      return await deposit(actor, id);
    },
    async voidDeposit({ actor, params, body }) {
      await mustSee(needs, actor, 'deposit', params.depositId);
      await write(actor, 'void_deposit', (tx) => voidDeposit(tx, { ...params, ...body }));
      return await deposit(actor, params.depositId);
    },
    deposits: ({ actor, query }) =>
      needs.database.read(actor, async (tx) => {
        const rows = await depositViews(needs, tx, {
          ...(query.after !== undefined && { before: Number(query.after) || 0 }),
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(rows, query.limit, (last) => last.serial);
        return { items: shown, next };
      }),
  };
}

function boxPages(needs: CashNeeds): Pick<All, BoxPages> {
  const write = byHouse(needs);
  const view = async (actor: Actor, id: Id) => {
    const [box] = await readBoxes(needs, actor, [id]);
    if (!box) throw new Refusal('not_found');
    return box;
  };
  return {
    boxes: async ({ actor }) => ({ items: await readBoxes(needs, actor) }),
    async sealBox({ actor, body }) {
      await mustSee(needs, actor, 'counter', body.counterId);
      const id = await write(actor, 'seal_box', (tx) => sealBox(needs, tx, body));
      return await view(actor, id);
    },
    async openBox({ actor, params, body }) {
      await mustSee(needs, actor, 'box', params.boxId);
      await write(actor, 'open_box', async (tx) => {
        const { openingId, areaId } = await openBox(needs, tx, { ...params, ...body });
        await needs.attachment.adopt(tx, body.attachmentIds, {
          subjectKind: 'box_opening',
          subjectId: openingId,
          areaId,
          sharedWithFederation: true,
        });
      });
      return await view(actor, params.boxId);
    },
    async confirmOpening({ actor, params, body }) {
      await mustSee(needs, actor, 'opening', params.openingId);
      const boxId = await write(actor, 'confirm_opening', (tx) =>
        confirmOpening(needs, tx, { ...params, ...body }),
      );
      return await view(actor, boxId);
    },
  };
}
