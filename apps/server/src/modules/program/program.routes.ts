import { dateInShanghai, Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import { FIELDS, type Policy, readPolicies } from '@wennuan/policy';
import { visitor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { listCards, readCard } from './program.card.ts';
import { pageOfCandidates } from './program.candidates.ts';
import { decideDraft, endVersion, submitDraft, tellDesk, withdrawDraft } from './program.decide.ts';
import { importPolicies, saveDraft } from './program.draft.ts';
import { entitlementsOf } from './program.entitlement.ts';
import { policiesOn } from './program.evaluate.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { preview, whatIf } from './program.preview.ts';
import { trialOn } from './program.report.ts';
import { stateOn } from './program.ts';
import { listRows, readProgram } from './program.view.ts';
import { listPrograms, listVersions } from './program.store.ts';

type Routes = typeof routes.program;
const OK = { ok: true } as const;

/** The operations on programmes. */
export function programHandlers(needs: ProgramNeeds): Handlers<Routes> {
  return { ...readingHandlers(needs), ...writingHandlers(needs), ...ownHandlers(needs) };
}

type Part<Names extends keyof Routes> = Handlers<Pick<Routes, Names>>;

function readingHandlers(
  needs: ProgramNeeds,
): Part<
  'list' | 'catalogue' | 'read' | 'report' | 'candidates' | 'exportDefinitions' | 'entitlements'
> {
  const { database } = needs;
  return {
    list: ({ actor }) => database.read(actor, (tx) => listRows(needs, tx)),
    catalogue: ({ actor }) => database.read(actor, (tx) => readCatalogue(tx)),
    read: ({ actor, params }) => database.read(actor, (tx) => readProgram(needs, tx, params.code)),
    report: ({ actor, query }) => trialOn(needs, actor, query),
    candidates: ({ actor, params, query }) =>
      database.read(actor, (tx) => pageOfCandidates(needs, tx, { ...params, ...query })),
    exportDefinitions: async ({ actor, reply }) => {
      const policies = await database.read(actor, exported);
      reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', 'attachment; filename="programs.json"');
      return reply.send(`${JSON.stringify(policies, null, 2)}\n`);
    },
    entitlements: ({ actor, params }) =>
      database.read(actor, async (tx) => {
        const people = await needs.resident.people(tx, [params.personId]);
        if (!people.has(params.personId)) throw new Refusal('person_not_in_area');
        return {
          asOf: dateInShanghai(tx.now),
          items: await entitlementsOf(needs, tx, params.personId),
        };
      }),
  };
}

function writingHandlers(
  needs: ProgramNeeds,
): Part<
  | 'preview'
  | 'whatIf'
  | 'saveDraft'
  | 'submit'
  | 'decide'
  | 'withdraw'
  | 'end'
  | 'importDefinitions'
> {
  const { database } = needs;
  return {
    preview: ({ actor, body }) => preview(needs, actor, body.definition),
    whatIf: ({ actor, body }) => whatIf(needs, actor, body),
    saveDraft: ({ actor, body }) =>
      database.write(actor, 'program.draft', (tx) => saveDraft(needs, tx, body)),
    submit: async ({ actor, params }) => {
      await database.write(actor, 'program.submit', (tx) =>
        submitDraft(needs, tx, params.versionId),
      );
      await tellDesk(needs);
      return OK;
    },
    decide: async ({ actor, params, body }) => {
      const state = await database.write(actor, 'program.decide', (tx) =>
        decideDraft(needs, tx, { ...params, ...body }),
      );
      await tellDesk(needs, [params.versionId]);
      return { state };
    },
    withdraw: async ({ actor, params }) => {
      await database.write(actor, 'program.withdraw', (tx) =>
        withdrawDraft(needs, tx, params.versionId),
      );
      await tellDesk(needs, [params.versionId]);
      return OK;
    },
    end: async ({ actor, params, body }) => {
      await database.write(actor, 'program.end', (tx) => endVersion(tx, { ...params, ...body }));
      return OK;
    },
    importDefinitions: async ({ actor, body }) => {
      const { policies, problems } = readPolicies(body.definitions);
      if (policies === null) return { problems, added: [], changed: [], unchanged: [] };
      const bring = (tx: Parameters<typeof importPolicies>[1]) =>
        importPolicies(needs, tx, { policies, as: 'draft' });
      if (!body.trial)
        return { problems: [], ...(await database.write(actor, 'program.import', bring)) };
      return { problems: [], ...(await tried(needs, actor, policies)) };
    },
  };
}

/** What an import would do: the same, and then taken back. */
async function tried(
  needs: ProgramNeeds,
  actor: Parameters<ProgramNeeds['database']['write']>[0],
  policies: readonly Policy[],
) {
  const undo = Symbol('undo');
  let done: Awaited<ReturnType<typeof importPolicies>> | null = null;
  await needs.database
    .write(actor, 'program.import', async (tx) => {
      done = await importPolicies(needs, tx, { policies, as: 'draft' });
      throw undo;
    })
    .catch((thrown: unknown) => {
      if (thrown !== undo) throw thrown;
    });
  return done!;
}

function ownHandlers(needs: ProgramNeeds): Part<'mine' | 'ask' | 'policies' | 'policy'> {
  const { database } = needs;
  return {
    mine: ({ actor }) =>
      database.read(actor, async (tx) => {
        const asOf = dateInShanghai(tx.now);
        const personId = await needs.resident.personOf(tx, actor.accountId!);
        if (personId === null) return { asOf, bound: false, items: [] };
        return { asOf, bound: true, items: await entitlementsOf(needs, tx, personId) };
      }),
    ask: async ({ actor, params, body }) => {
      const policy = await database.read(actor, async (tx) => {
        const found = await policiesOn(tx, dateInShanghai(tx.now));
        return found.find((one) => one.policy.code === params.code)?.policy;
      });
      if (!policy) throw new Refusal('not_found');
      const text = `请人工核对：“${policy.name.zh}”（${policy.code}）按现有档案的判断。${body.text}`;
      return await needs.askAboutData(actor, { kind: 'explain', text });
    },
    policies: ({ actor }) =>
      database.read(visitor(actor.language), async (tx) => ({ items: await listCards(needs, tx) })),
    policy: ({ actor, params }) =>
      database.read(visitor(actor.language), (tx) => readCard(needs, tx, params.code)),
  };
}

async function readCatalogue(tx: Scoped) {
  const departments = await tx.db
    .selectFrom('organization')
    .select(['id', 'public_name as name'])
    .where('kind', '=', 'department')
    .orderBy('public_name')
    .execute();
  const programs = await listPrograms(tx);
  const versions = await listVersions(tx);
  return {
    fields: FIELDS.map(({ code, type, zh, en, operators, values }) => ({
      code,
      type,
      zh,
      en,
      operators: [...operators],
      values: values?.map((one) => ({ code: one.code, zh: one.zh, en: one.en })) ?? null,
    })),
    departments,
    codes: programs.flatMap(({ id, code }) => {
      const version = versions.find((one) => one.programId === id);
      return version ? [{ code, name: version.policy.name }] : [];
    }),
  };
}

/** The definitions decided and not over, by code; any login. */
export async function exported(tx: Scoped): Promise<Policy[]> {
  const on = dateInShanghai(tx.now);
  const versions = await listVersions(tx, { onlyDecided: true });
  const programs = await listPrograms(tx);
  return programs.flatMap(({ id }) => {
    const own = versions.filter((one) => one.programId === id);
    const states = ['valid', 'decided'] as const;
    const found = states.map((state) => own.find((one) => stateOn(one, on) === state));
    return found.find((one) => one !== undefined)?.policy ?? [];
  });
}
