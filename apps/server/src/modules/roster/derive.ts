import type { Id } from '@wennuan/basics';
import {
  type Answer,
  areaBook,
  type Ask,
  countingYears,
  type Linkage,
  linkFacts,
  readRow,
  type RosterRow,
  type RowFacts,
  withBirthYear,
} from '@wennuan/linkage';
import { unpackRow } from './cells.ts';
import { factsOf, seatsOf, statementsOf } from './derive.facts.ts';
import { identityOf } from './derive.identity.ts';
import { groupBy, type DeriveContext, type Member } from './derive.member.ts';
import { questionOf } from './derive.questions.ts';
import type {
  DeriveGround,
  HandPerson,
  KeptVersion,
  Linked,
  PersonPlan,
  QuestionPlan,
  RowsOfPersons,
  RowVersion,
} from './derive.types.ts';
import { linkableRow } from './understand.ts';

/** The source under which files opened by hand take part. */
const HAND_SOURCE = 'visit';
/** So often hand-opened files that came together by chance are taken apart again. */
const ROUNDS_MOST = 6;
/** Persons put together at once: all that their rows say is in memory for so many only. */
const PERSONS_AT_ONCE = 1_000;

/** Of a row, while all are read: the wording that holds, or the last that held. */
interface Latest {
  id: Id;
  until: string | null;
  /** What is compared; null for a row that is about nobody. */
  facts: RowFacts | null;
}

/**
 * Puts persons together from all rows, answers and files opened by hand. Pure: the same rows, answers and files give the same
 * persons and questions, whatever was linked before, so that taking an answer back gives back the files it changed.
 *
 * In three steps, so that it never has the cells of all rows at once: `take` reads rows and keeps what is compared, `link` says
 * which are of one person, and then the rows of some persons after another come again (`rowsOf`, `personsOf`).
 */
export class Deriver {
  readonly #ground: DeriveGround;
  readonly #context: Omit<DeriveContext, 'versionsOf' | 'founded' | 'foundedPlace'>;
  readonly #rosterIds: ReadonlyMap<Id, Id>;
  readonly #handOf: ReadonlyMap<Id, HandPerson>;
  #latest = new Map<Id, Latest>();
  #facts = new Map<Id, RowFacts>();
  #clusters: { naming: Id; keys: Id[] }[] = [];
  #asks: Ask[] = [];

  constructor(ground: DeriveGround) {
    this.#ground = ground;
    this.#context = {
      input: ground,
      areas: areaBook(ground.areas, ground.aliases),
      rosterOf: new Map(ground.rosters.map((one) => [one.id, one])),
      levelOf: new Map(ground.areas.map(({ code, level }) => [code, level])),
    };
    this.#rosterIds = new Map(ground.rosters.map(({ id }) => [id, id]));
    this.#handOf = new Map(ground.hand.map((one) => [one.personId, one]));
  }

  /** Reads some rows, in any order. */
  take(versions: readonly KeptVersion[]): void {
    for (const version of versions) {
      const known = this.#latest.get(version.lineage);
      if (known && !comesAfter(version, known)) continue;
      const row = this.#rowOf(opened(version));
      const facts = row && readRow(row, this.#context.areas);
      this.#latest.set(version.lineage, { id: version.id, until: version.until, facts });
    }
  }

  #rowOf({ columnsKey, lineage, rosterId, ...kept }: RowVersion): RosterRow | null {
    // One text for all rows of a roster, though each came with its own.
    const source = this.#rosterIds.get(rosterId) ?? rosterId;
    return linkableRow(kept, this.#ground.columns.get(columnsKey)!, { key: lineage, source });
  }

  /** Says which of the rows taken are of one person. */
  link(): Linked {
    const read = [...this.#latest.values()].flatMap(({ facts }) => facts ?? []);
    for (const one of this.#ground.hand) read.push(readRow(handRow(one), this.#context.areas));
    this.#latest.clear();
    const { part } = this.#ground;
    const years = new Map(part?.years ?? countingYears(read));
    const facts = read.map((one) => withBirthYear(one, years));
    const { linkage, asks } = linkApartFromHand(facts, this.#ground);
    this.#facts = new Map(facts.map((one) => [one.key, one]));
    this.#asks = asks;
    const clusters = groupBy(facts, ({ key }) => linkage.personOf.get(key)!);
    this.#clusters = [...clusters].map(([naming, rows]) => ({
      naming,
      keys: rows.map(({ key }) => key),
    }));
    return {
      rows: facts.length,
      portions: Math.ceil(this.#clusters.length / PERSONS_AT_ONCE),
      model: this.#ground.model === null ? linkage.model : null,
      whole: { years: [...years], longKeys: linkage.longKeys },
      connected: part ? [] : linkage.connected(),
      concernsOthers: (part?.pairs ?? []).some((pair) => isOfBorrowedNumber(pair, this.#facts)),
    };
  }

  /** The rows of a portion of persons; portions count from 0. */
  rowsOf(portion: number): Id[] {
    return this.#portion(portion)
      .flatMap(({ keys }) => keys)
      .filter((key) => !this.#handOf.has(key));
  }

  /** The persons of a portion, whose rows are given again. */
  personsOf(portion: number, rows: RowsOfPersons): PersonPlan[] {
    const { context, memberOf } = this.#openedRows(rows);
    return this.#portion(portion).map(({ naming, keys }) =>
      planOf(naming, keys.map(memberOf), context),
    );
  }

  #portion(portion: number) {
    return this.#clusters.slice(portion * PERSONS_AT_ONCE, (portion + 1) * PERSONS_AT_ONCE);
  }

  /** The rows that questions are about. */
  askedRows(): Id[] {
    const keys = new Set(this.#asks.flatMap(({ a, b }) => [a, b]));
    return [...keys].filter((key) => !this.#handOf.has(key));
  }

  /** The questions, whose rows are given again. */
  questions(rows: RowsOfPersons): QuestionPlan[] {
    const { context, memberOf } = this.#openedRows(rows);
    return this.#asks.map((ask) => questionOf(ask, [ask.a, ask.b].map(memberOf), context));
  }

  #openedRows({ versions: kept, founded }: RowsOfPersons) {
    const versions = kept.map(opened);
    const latest = latestVersions(versions);
    const context: DeriveContext = {
      ...this.#context,
      versionsOf: groupBy(versions, ({ lineage }) => lineage),
      founded,
      foundedPlace: new Map([...founded.values()].map((personId, place) => [personId, place])),
    };
    const memberOf = (key: Id): Member => {
      const version = latest.get(key) ?? null;
      const hand = this.#handOf.get(key) ?? null;
      return {
        facts: this.#facts.get(key)!,
        row: version ? this.#rowOf(version)! : handRow(hand!),
        version,
        roster: version && this.#context.rosterOf.get(version.rosterId)!,
        hand,
      };
    };
    return { context, memberOf };
  }
}

function opened({ packed, ...version }: KeptVersion): RowVersion {
  return { ...version, ...unpackRow(packed) };
}

/** Whether a pair has one ID number that some row only borrowed: whose it is decides who is compared with that row. */
function isOfBorrowedNumber(pair: readonly [Id, Id], factsOf: ReadonlyMap<Id, RowFacts>): boolean {
  const numberOf = (facts: RowFacts | undefined) =>
    facts?.id.kind === 'valid' ? facts.id.number : null;
  const [a, b] = pair.map((key) => numberOf(factsOf.get(key)));
  if (a === null || a !== b) return false;
  return [...factsOf.values()].some((one) => one.contradictsId && numberOf(one) === a);
}

/** Of each row the wording that holds, or the last that held. */
function latestVersions(versions: readonly RowVersion[]): Map<Id, RowVersion> {
  const latest = new Map<Id, RowVersion>();
  for (const version of versions) {
    const known = latest.get(version.lineage);
    if (!known || comesAfter(version, known)) latest.set(version.lineage, version);
  }
  return latest;
}

type Dated = Pick<KeptVersion, 'id' | 'until'>;

function comesAfter(a: Dated, b: Dated): boolean {
  if ((a.until === null) !== (b.until === null)) return a.until === null;
  if (a.until !== b.until) return (a.until ?? '') > (b.until ?? '');
  return a.id > b.id;
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
  { hand, answers, model, part }: DeriveGround,
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
    .flatMap(({ facts }) => context.founded.get(facts.key) ?? [])
    .toSorted((a, b) => context.foundedPlace.get(a)! - context.foundedPlace.get(b)!);
  // Files opened by hand come before those that rows founded, the older before the younger.
  const known = [
    ...(hand.length === 0 ? [] : context.input.hand)
      .map(({ personId }) => personId)
      .filter((id) => hand.includes(id)),
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
