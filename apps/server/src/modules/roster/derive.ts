import type { Id } from '@wennuan/basics';
import {
  type Answer,
  areaBook,
  type Ask,
  countingYears,
  type Linkage,
  linkFacts,
  readRows,
  type RosterRow,
  type RowFacts,
} from '@wennuan/linkage';
import { factsOf, seatsOf, statementsOf } from './derive.facts.ts';
import { identityOf } from './derive.identity.ts';
import { groupBy, type DeriveContext, type Member } from './derive.member.ts';
import { questionOf } from './derive.questions.ts';
import type {
  Derivation,
  DeriveInput,
  HandPerson,
  PersonPlan,
  RowVersion,
} from './derive.types.ts';
import { linkableRow } from './understand.ts';

/** The source under which files opened by hand take part. */
const HAND_SOURCE = 'visit';
/** So often hand-opened files that came together by chance are taken apart again. */
const ROUNDS_MOST = 6;

/**
 * Puts persons together from all rows, answers and files opened by hand. Pure: the same input gives the same persons, rows
 * and questions, whatever was linked before, so that taking an answer back gives back the files it changed.
 */
export function derive(input: DeriveInput): Derivation {
  const areas = areaBook(input.areas, input.aliases);
  const latest = latestVersions(input.versions);
  const rows = linkableRows(input, latest);
  const years = new Map(input.part?.years ?? countingYears([...rows.values()]));
  const facts = readRows([...rows.values()], areas, years);
  const { linkage, asks } = linkApartFromHand(facts, input);
  const context = contextOf(input, areas);
  const handOf = new Map<string, HandPerson>(input.hand.map((one) => [one.personId, one]));
  const memberOf = (one: RowFacts): Member => {
    const version = latest.get(one.key) ?? null;
    const roster = version && context.rosterOf.get(version.rosterId)!;
    const hand = handOf.get(one.key) ?? null;
    return { facts: one, row: rows.get(one.key)!, version, roster, hand };
  };
  const clusters = groupBy(facts, ({ key }) => linkage.personOf.get(key)!);
  const factsOfKey = new Map(facts.map((one) => [one.key, one]));
  return {
    persons: [...clusters].map(([naming, cluster]) =>
      planOf(naming, cluster.map(memberOf), context),
    ),
    questions: asks.map((ask) =>
      questionOf(
        ask,
        [ask.a, ask.b].map((key) => memberOf(factsOfKey.get(key)!)),
        context,
      ),
    ),
    model: linkage.model,
    rows: facts.length,
    whole: { years: [...years], longKeys: linkage.longKeys },
    connected: input.part ? [] : linkage.connected(),
    concernsOthers: (input.part?.pairs ?? []).some((pair) => isOfOneNumber(pair, factsOfKey)),
  };
}

function isOfOneNumber(pair: readonly [Id, Id], factsOf: ReadonlyMap<Id, RowFacts>): boolean {
  const [a, b] = pair.map((key) => {
    const id = factsOf.get(key)?.id;
    return id?.kind === 'valid' ? id.number : null;
  });
  return a !== null && a === b;
}

function contextOf(input: DeriveInput, areas: DeriveContext['areas']): DeriveContext {
  return {
    input,
    areas,
    rosterOf: new Map(input.rosters.map((one) => [one.id, one])),
    versionsOf: groupBy(input.versions, ({ lineage }) => lineage),
    levelOf: new Map(input.areas.map(({ code, level }) => [code, level])),
    foundedPlace: new Map([...input.founded.values()].map((personId, place) => [personId, place])),
  };
}

/** Of each row the wording that holds, or the last that held. */
function latestVersions(versions: readonly RowVersion[]): Map<string, RowVersion> {
  const latest = new Map<string, RowVersion>();
  for (const version of versions) {
    const known = latest.get(version.lineage);
    if (!known || comesAfter(version, known)) latest.set(version.lineage, version);
  }
  return latest;
}

function comesAfter(a: RowVersion, b: RowVersion): boolean {
  if ((a.until === null) !== (b.until === null)) return a.until === null;
  if (a.until !== b.until) return (a.until ?? '') > (b.until ?? '');
  return a.id > b.id;
}

function linkableRows(
  { columns, hand }: DeriveInput,
  latest: ReadonlyMap<string, RowVersion>,
): Map<string, RosterRow> {
  const rows = new Map<string, RosterRow>();
  for (const [lineage, { cells, columnsKey, rosterId }] of latest) {
    const row = linkableRow(cells, columns.get(columnsKey)!, { key: lineage, source: rosterId });
    if (row) rows.set(lineage, row);
  }
  for (const one of hand) rows.set(one.personId, handRow(one));
  return rows;
}

function handRow(person: HandPerson): RosterRow {
  return {
    key: person.personId,
    source: HAND_SOURCE,
    name: person.name,
    area: person.areaCode,
    ...(person.gender !== 'unknown' && { sex: person.gender === 'male' ? '男' : '女' }),
    ...(person.birthDate && { birthDate: person.birthDate }),
    ...(person.idNumber && { idNumber: person.idNumber }),
    ...(person.telephone && { telephone: person.telephone }),
    ...(person.address && { address: person.address }),
  };
}

/**
 * Links. Two files that people opened become one only by a person's word: where figures alone would join them they are
 * kept apart, and asked about.
 */
function linkApartFromHand(
  facts: readonly RowFacts[],
  { hand, answers, model, part }: DeriveInput,
): { linkage: Linkage; asks: Ask[] } {
  const apart: Answer[] = [];
  for (let round = 0; ; round++) {
    // What people said comes last: it outweighs.
    const options = {
      answers: [...apart, ...answers],
      ...(model && { model }),
      ...(part && { longKeys: part.longKeys }),
    };
    const linkage = linkFacts(facts, options);
    const pairs = round < ROUNDS_MOST ? handPairs(linkage, hand, answers) : [];
    apart.push(...pairs);
    if (pairs.length > 0) continue;
    const asked = apart.map(({ rowA, rowB }) => ({
      a: rowA,
      b: rowB,
      ...linkage.evidence(rowA, rowB),
    }));
    return { linkage, asks: [...linkage.asks, ...asked] };
  }
}

/** Pairs of hand-opened files that share a cluster though nobody said they are one. */
function handPairs(
  { personOf }: Linkage,
  hand: readonly HandPerson[],
  answers: readonly Answer[],
): Answer[] {
  const said = new Set(answers.flatMap(({ rowA, rowB }) => [`${rowA} ${rowB}`, `${rowB} ${rowA}`]));
  const together = groupBy(hand, ({ personId }) => personOf.get(personId)!);
  return [...together.values()].flatMap((persons) =>
    persons.flatMap(({ personId: rowB }, place) =>
      persons
        .slice(0, place)
        .filter(({ personId: rowA }) => !said.has(`${rowA} ${rowB}`))
        .map(({ personId: rowA }) => ({ rowA, rowB, same: false })),
    ),
  );
}

/** One person: who she is, under which id, and what follows from her rows. */
function planOf(naming: Id, members: readonly Member[], context: DeriveContext): PersonPlan {
  const hand = members.flatMap((one) => one.hand?.personId ?? []);
  const founded = members
    .flatMap(({ facts }) => context.input.founded.get(facts.key) ?? [])
    .toSorted((a, b) => context.foundedPlace.get(a)! - context.foundedPlace.get(b)!);
  // Files opened by hand come before those that rows founded, the older before the younger.
  const known = [
    ...context.input.hand.map(({ personId }) => personId).filter((id) => hand.includes(id)),
    ...founded,
  ];
  const statements = statementsOf(members, context);
  const { identity, facts: told } = identityOf(members, context);
  const present = statements.filter(({ until }) => until === null);
  return {
    personId: known[0] ?? null,
    founder: known.length > 0 ? null : naming,
    isHand: hand.length > 0,
    ...identity,
    departmentIds: [...new Set(present.map(({ departmentId }) => departmentId))].toSorted(),
    facts: [...told, ...factsOf(members, context)],
    seats: seatsOf(members, context),
    statements,
    absorbs: known.slice(1),
  };
}
