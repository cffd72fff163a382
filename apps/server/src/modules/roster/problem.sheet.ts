import { Refusal, type Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import { writeSheet } from '../../platform/sheet.ts';
import { findDelivery } from './delivery.store.ts';
import { viewProblem, type ProblemView } from './delivery.service.ts';
import { problemWords } from './problem.words.ts';
import type { RosterNeeds } from './roster.needs.ts';

/** Every wrong cell of a delivery that is kept, not only the first that pages show; refuses `not_found`. */
export async function listProblems(
  needs: RosterNeeds,
  actor: Actor,
  deliveryId: Id,
): Promise<ProblemView[]> {
  return await needs.database.read(actor, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    if (!delivery) throw new Refusal('not_found');
    return delivery.problems.map((problem) => viewProblem(delivery, problem));
  });
}

/** The same as a workbook for the department that sent the roster: places and what is wrong, nobody's data. */
export async function problemSheet(
  needs: RosterNeeds,
  actor: Actor,
  deliveryId: Id,
): Promise<Buffer> {
  const problems = await listProblems(needs, actor, deliveryId);
  const zh = actor.language === 'zh';
  return await writeSheet({
    name: zh ? '有问题的单元格' : 'Wrong cells',
    columns: [
      { title: zh ? '工作表' : 'Sheet', width: 24, kind: 'text', of: (one) => one.sheet },
      { title: zh ? '单元格' : 'Cell', width: 10, kind: 'text', of: (one) => one.cell },
      { title: zh ? '行' : 'Line', width: 8, kind: 'count', of: (one) => one.line },
      { title: zh ? '表头' : 'Column', width: 24, kind: 'text', of: (one) => one.header },
      {
        title: zh ? '问题' : 'What is wrong',
        width: 48,
        kind: 'text',
        of: (one) => problemWords[one.kind][actor.language],
      },
    ],
    rows: problems,
  });
}
