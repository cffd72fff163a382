import { dateInShanghai, type Id, type PlainDate } from '@wennuan/basics';
import { type Policy, type Problem, readPolicies } from '@wennuan/policy';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import { listFigures } from './figure.store.ts';
import { type CandidateSearch, listCandidates } from './program.candidates.ts';
import { tellDesk } from './program.decide.ts';
import { type DraftCommand, type Imported, importPolicies, saveDraft } from './program.draft.ts';
import { entitlementsOf } from './program.entitlement.ts';
import { bindingConsumer, bringUpToDate, policiesOn } from './program.evaluate.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { reportOn } from './program.report.ts';
import { exported, programHandlers } from './program.routes.ts';

export type { Candidate, CandidateSearch } from './program.candidates.ts';
export type { Entitlement } from './program.entitlement.ts';
export type { OpenQuestion, ProgramNeeds } from './program.needs.ts';
export type { PolicyInForce } from './program.ts';
export type { Report, ReportLine, ReportRow } from './program.report.ts';
export type { Sway } from './program.sway.ts';
export type ProgramModule = ReturnType<typeof createProgram>;

/** Policies as data: their versions, whom they find, and why. */
export function createProgram(needs: ProgramNeeds) {
  const ticks: Tick[] = [
    {
      name: 'program.evaluate',
      everySeconds: 5,
      run: async () => {
        await bringUpToDate(needs);
        await tellDesk(needs);
      },
    },
  ];
  return {
    handlers: programHandlers(needs),
    consumers: [bindingConsumer()],
    ticks,
    /** Decided policies that hold on a day (today), with programme, version and department; any login. */
    policies: (tx: Scoped, on: PlainDate = dateInShanghai(tx.now)) => policiesOn(tx, on),
    /** Open candidates the caller may see, in order of id. */
    candidates: (tx: Scoped, search: CandidateSearch) => listCandidates(tx, search),
    /** How many each programme finds among the people the caller may see, by area; of the district for who sees no people. */
    figures: (tx: Scoped) => listFigures(tx, tx.actor.login === 'staff' ? 'place' : 'district'),
    /** Port of `resident`: what somebody is entitled to and why not to the rest. Staff of her area, or herself. */
    entitlementsOf: (tx: Scoped, personId: Id) => entitlementsOf(needs, tx, personId),
    /** Finds candidates anew where facts, versions or the day changed; commands, demo and tests. */
    evaluate: () => bringUpToDate(needs),
    /** What programmes come to on a day, as lines and sums; nothing that is kept is changed. */
    report: (on: PlainDate, how: Parameters<typeof reportOn>[2]) => reportOn(needs, on, how),
    /** The definitions decided and not over. */
    exportDefinitions: (): Promise<Policy[]> =>
      needs.database.read(systemActor('programs export'), exported),
    /** Brings a file of definitions in as decided, all or none: every problem with its place, or what was done. */
    async importDecided(
      input: unknown,
    ): Promise<{ problems: Problem[]; done: null } | { problems: []; done: Imported }> {
      const { policies, problems } = readPolicies(input);
      if (policies === null) return { problems, done: null };
      const done = await needs.database.write(
        systemActor('programs import'),
        'program.import',
        (tx: Writing) => importPolicies(needs, tx, { policies, as: 'decided' }),
      );
      return { problems: [], done };
    },
    /** Keeps a definition as the draft of its programme; see `program.draft.ts`. */
    saveDraft: (tx: Writing, command: DraftCommand) => saveDraft(needs, tx, command),
    /** Says which department answers for programmes, by code; system login. */
    async setDepartments(tx: Writing, departments: ReadonlyMap<string, Id>): Promise<void> {
      for (const [code, departmentId] of departments)
        await tx.db
          .updateTable('program')
          .set({ department_id: departmentId })
          .where('code', '=', code)
          .execute();
    },
  };
}
