import { dateInShanghai, type Id, Refusal } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { criteriaWords, type Policy } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import { listFigures } from './figure.store.ts';
import { policiesOn } from './program.evaluate.ts';
import type { ProgramNeeds } from './program.needs.ts';
import type { PolicyInForce, Program } from './program.ts';
import { listPrograms } from './program.store.ts';
import { withPlaces } from './program.words.ts';

type Card = RouteOutput<typeof routes.program.policy>;

/** A policy says why there is no notice, or where and how long it hangs. */
const NO_NOTICE = { zh: '不公示', en: 'No public notice' };

/** The programmes in force in plain words, for everybody: no number of fewer than five people leaves the database. */
export async function listCards(needs: ProgramNeeds, tx: Scoped): Promise<Card[]> {
  const policies = await policiesOn(tx, dateInShanghai(tx.now));
  const programs = new Map((await listPrograms(tx)).map((one) => [one.id, one]));
  const figures = new Map(
    (await listFigures(tx, 'district')).map((one) => [one.programId, one.candidates]),
  );
  const departments = policies.flatMap(({ departmentId }) => departmentId ?? []);
  const names = await needs.organization.names(tx, [...new Set(departments)]);
  const named = new Map(policies.map(({ policy }) => [policy.code, policy.name]));
  const said = withPlaces(needs);
  return policies.map((one) =>
    cardOf(one, { program: programs.get(one.programId)!, figures, names, named, said }),
  );
}

/** One of them; refuses `not_found`. */
export async function readCard(needs: ProgramNeeds, tx: Scoped, code: string): Promise<Card> {
  const found = (await listCards(needs, tx)).find((card) => card.code === code);
  if (!found) throw new Refusal('not_found');
  return found;
}

interface Around {
  program: Program;
  figures: ReadonlyMap<Id, number>;
  names: ReadonlyMap<Id, string>;
  named: ReadonlyMap<string, Policy['name']>;
  said: ReturnType<typeof withPlaces>;
}

function cardOf({ policy, departmentId, programId }: PolicyInForce, around: Around): Card {
  const { figures, named, names, program } = around;
  const candidates = figures.get(programId) ?? 0;
  return {
    code: policy.code,
    name: policy.name,
    source: policy.source,
    departmentName: departmentId === null ? null : (names.get(departmentId) ?? null),
    what: policy.benefit.what,
    who: around.said(criteriaWords(policy.criteria)),
    unit: policy.unit,
    cadence: policy.cadence,
    delivery: policy.delivery,
    clause: policy.clause,
    notice:
      policy.notice.kind === 'paper_board'
        ? { days: policy.notice.days, words: policy.notice.clause }
        : { days: null, words: policy.notice.because ?? NO_NOTICE },
    validFrom: policy.validFrom,
    validUntil: policy.validUntil,
    exclusiveWith: policy.exclusiveWith.map((code) => ({
      code,
      name: named.get(code) ?? { zh: code, en: code },
    })),
    candidates: candidates >= 5 ? candidates : null,
    asOf: program.evaluatedOn,
  };
}
