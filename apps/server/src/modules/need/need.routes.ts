import { isRefusal, Refusal, type Id } from '@wennuan/basics';
import type { routes, shapes } from '@wennuan/contract';
import type { Writing } from '../../platform/database/database.ts';
import type { Call, Handlers } from '../../platform/http/mount.ts';
import { writeSheet } from '../../platform/sheet.ts';
import { cutPage } from '../../platform/page.ts';
import { moveNeeds } from './need.engine.ts';
import { readFigures } from './need.figures.ts';
import { fileNeeds } from './need.file.ts';
import { listByClock, listOwn, type ClockCursor, type NeedFilter } from './need.lists.ts';
import type { NeedNeeds } from './need.ports.ts';
import { lookUpSlip, readSlip, readWall, readWish } from './need.public.ts';
import { stateWord } from './need.sentences.ts';
import type { Need } from './need.ts';
import { ownViews, readNeed, readOwn, rowsOf, type NeedRow } from './need.view.ts';

type Routes = typeof routes.need;
const SHEET_MOST = 5_000;

/** The loop's operations. */
export function needHandlers(needs: NeedNeeds): Handlers<Routes> {
  const { database } = needs;
  return {
    file: async (call) => {
      const [filed] = await fileTwiceAtMost(needs, call);
      return { ...filed!, answerBy: filed!.answerBy.toISOString() };
    },
    mine: ({ actor, query }) =>
      database.read(actor, async (tx) => {
        const { after, limit } = query;
        const list = await listOwn(tx, actor.accountId!, { after, limit: limit + 1 });
        const { shown, next } = cutPage(list, limit, (last) => last.id);
        return {
          items: await ownViews(needs, tx, shown),
          next,
        };
      }),
    readMine: ({ actor, params }) =>
      database.read(actor, (tx) => readOwn(needs, tx, params.needId)),
    moveMine: ({ actor, params, body }) =>
      database.write(actor, `need.${body.move}`, async (tx) => {
        await moveByBody(needs, tx, params.needId, body);
        return await readOwn(needs, tx, params.needId);
      }),
    list: ({ actor, query }) =>
      database.read(actor, async (tx) => {
        const list = await listByClock(tx, filterOf(needs, query), {
          after: readCursor(query.after),
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(list, query.limit, cursorOf);
        return {
          items: await rowsOf(needs, tx, shown),
          next,
        };
      }),
    sheet: async ({ actor, query, reply }) => {
      const rows = await database.read(actor, async (tx) => {
        const page = { after: null, limit: SHEET_MOST };
        return rowsOf(needs, tx, await listByClock(tx, filterOf(needs, query), page));
      });
      reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', 'attachment; filename="needs.xlsx"');
      return reply.send(await sheetOf(rows));
    },
    read: ({ actor, params }) => database.read(actor, (tx) => readNeed(needs, tx, params.needId)),
    move: ({ actor, params, body }) =>
      database.write(actor, `need.${body.move}`, async (tx) => {
        await moveByBody(needs, tx, params.needId, body);
        return await readNeed(needs, tx, params.needId);
      }),
    slip: ({ actor, params, request }) => {
      const origin = `${request.protocol}://${request.host}`;
      return database.read(actor, (tx) => readSlip(needs, tx, { ...params, origin }));
    },
    lookUp: ({ actor, params }) => database.read(actor, (tx) => lookUpSlip(needs, tx, params.code)),
    wall: ({ actor, query }) => database.read(actor, (tx) => readWall(needs, tx, query)),
    wish: ({ actor, params }) => database.read(actor, (tx) => readWish(needs, tx, params.needId)),
    responses: ({ actor }) => database.read(actor, (tx) => readFigures(needs, tx)),
  };
}

/**
 * A repeated tap may come while the first is being written: then a second look finds what it filed, or
 * the number of the wish that is open already.
 */
async function fileTwiceAtMost(needs: NeedNeeds, { actor, body }: Call<Routes['file']>) {
  const file = () => needs.database.write(actor, 'need.file', (tx) => fileNeeds(needs, tx, [body]));
  return await file().catch((thrown: { constraint?: string }) => {
    const isRace =
      thrown.constraint === 'need_filed_by_id_form_id_key' ||
      (isRefusal(thrown) && thrown.code === 'need_open_already');
    if (isRace) return file();
    throw thrown;
  });
}

async function moveByBody(
  needs: NeedNeeds,
  tx: Writing,
  needId: Id,
  body: shapes.MoveBody,
): Promise<void> {
  await moveNeeds(needs, tx, [{ needId, input: body, version: body.version }]);
}

function filterOf(
  needs: NeedNeeds,
  query: Omit<NeedFilter, 'areaIds'> & { areaCode?: string | undefined },
): NeedFilter {
  const { kind, state, overdue, open, areaCode } = query;
  const areaIds = areaCode ? needs.place.below(needs.place.areaByCode(areaCode).id) : undefined;
  return { kind, state, overdue: overdue || undefined, open, areaIds };
}

function cursorOf(need: Need): string {
  return `${need.dueAt?.toISOString() ?? ''}_${need.id}`;
}

function readCursor(text: string | undefined): ClockCursor | null {
  if (!text) return null;
  const [at = '', id = ''] = text.split('_');
  const dueAt = at ? new Date(at) : null;
  if (!/^[0-9a-f-]{36}$/.test(id) || (dueAt && Number.isNaN(dueAt.getTime())))
    throw new Refusal('input_invalid', {}, 'after');
  return { dueAt, id };
}

function sheetOf(rows: readonly NeedRow[]): Promise<Buffer> {
  return writeSheet<NeedRow>({
    name: '需求',
    rows,
    columns: [
      { title: '编号', width: 14, kind: 'text', of: (row) => row.number },
      { title: '类别', width: 12, kind: 'text', of: kindWord },
      { title: '事项', width: 30, kind: 'text', of: (row) => row.title },
      { title: '求助人', width: 10, kind: 'text', of: (row) => row.maskedName },
      { title: '社区', width: 18, kind: 'text', of: (row) => row.area.name },
      { title: '金额（元）', width: 12, kind: 'yuan', of: (row) => row.amountFen },
      { title: '状态', width: 16, kind: 'text', of: (row) => stateWord(row.state, 'zh') },
      { title: '提出时间', width: 18, kind: 'moment', of: (row) => new Date(row.filedAt) },
      {
        title: '办理时限',
        width: 18,
        kind: 'moment',
        of: (row) => (row.clock ? new Date(row.clock.dueAt) : null),
      },
    ],
  });
}

const kindWord = (row: NeedRow) => (row.kind === 'micro_wish' ? '微心愿' : '个人求助');
