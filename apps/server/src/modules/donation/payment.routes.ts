import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import { remarkSentence, StatementsRefused } from '../payment/index.ts';
import { attachProject, readPlatformProjects } from './attach.service.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { importStatements } from './statement.service.ts';

type All = Handlers<typeof routes.payment>;
type OfGifts = 'importStatements' | 'platformProjects' | 'attachProject';

/** The operations about payments that make or move gifts. */
export function giftPaymentHandlers(needs: DonationNeeds): Pick<All, OfGifts> {
  const { database } = needs;
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

type Remarked = StatementsRefused['problems'][number];
