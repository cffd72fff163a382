import type pg from 'pg';
import type { Application } from '../../apps/server/src/compose/index.ts';
import { secondsOf } from '../ledger/server.ts';
import { clocksOfAll, middle, type Took } from './clocks.ts';
import { madePerson } from './people.ts';
import { shuffled } from './store.ts';

/** What the application's own run takes, from what is noted as changed to candidates and figures that are kept. */
export interface RunSeconds {
  /** Everybody by twenty policies, compared with what is kept, nothing to write: the cheapest full run there is. */
  full: Took;
  /** Changed people and their households; half of them lose a group or get it back. */
  changed: Took;
}

/**
 * Lets the application evaluate everybody and then, round by round, everybody again and so many changed people. Throws where
 * the changed people do not come out as everybody at once does.
 */
export async function runSeconds(options: {
  owner: pg.Client;
  application: Application;
  count: number;
  changed: number;
  rounds: number;
  log: (line: string) => void;
}): Promise<RunSeconds> {
  const { owner, application, count, changed, rounds, log } = options;
  const { program } = application;
  const first = await secondsOf(() => program.evaluate());
  log(`the first run, every candidate written, took ${first.toFixed(1)} s`);
  await owner.query('vacuum analyze candidate');
  const clocks = clocksOfAll(owner);
  const times = { full: [] as Took[], changed: [] as Took[] };
  const numbers = [...shuffled(count)];
  for (let round = 0; round < rounds; round += 1) {
    const some = numbers
      .slice(round * changed, (round + 1) * changed)
      .map((number) => madePerson(number).id);
    await changeFacts(owner, some);
    times.changed.push(await clocks.took(() => program.evaluate()));
    const kept = await fingerprint(owner);
    await owner.query('update program set evaluated_on = null');
    times.full.push(await clocks.took(() => program.evaluate()));
    const anew = await fingerprint(owner);
    log(`round ${round + 1} of ${rounds}: the same candidates and figures either way`);
    if (kept !== anew) throw new Error(`changed people: ${kept}, everybody at once: ${anew}`);
  }
  return { full: middle(times.full), changed: middle(times.changed) };
}

/** Half of the people lose their groups, and all are noted as changed. */
async function changeFacts(owner: pg.Client, people: readonly string[]): Promise<void> {
  await owner.query(
    `update person_fact set until = '2026-01-01' where field = 1 and person_id = any ($1::uuid[])`,
    [people.filter((_, place) => place % 2 === 0)],
  );
  await owner.query('insert into changed_person (person_id) select unnest($1::uuid[])', [people]);
}

/** What open candidates and figures are, whatever their order. */
async function fingerprint(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query<{ print: string }>(
    `select concat_ws(' ',
      (select count(*) from candidate where ended_on is null),
      (select sum(hashtextextended(concat_ws(' ', program_id, person_id, household_id, amount, held), 0)::numeric)
        from candidate where ended_on is null),
      (select sum(hashtextextended(concat_ws(' ', program_id, scope, area_id, candidates, amount), 0)::numeric)
        from program_figure)) as print`,
  );
  return rows[0]!.print;
}
