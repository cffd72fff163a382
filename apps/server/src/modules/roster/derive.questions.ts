import type { Ask } from '@wennuan/linkage';
import { saidOf } from './derive.facts.ts';
import type { DeriveContext, Member } from './derive.member.ts';
import type { QuestionPlan, ShownRow } from './derive.types.ts';

/** What stands where a hand-opened file has no roster. */
const BY_HAND = { name: '走访登记', departmentName: '' };

/** A question as it is asked: both rows as they came, the evidence, and who may answer. */
export function questionOf(
  ask: Ask,
  rows: readonly Member[],
  context: DeriveContext,
): QuestionPlan {
  const [a, b] = [rows[0]!, rows[1]!];
  const departments = [a.roster?.departmentId ?? null, b.roster?.departmentId ?? null];
  return {
    a: ask.a,
    b: ask.b,
    score: ask.score,
    evidence: ask.evidence,
    areaCodes: [areaOf(a), areaOf(b)],
    departmentId: departments[0] === departments[1] ? (departments[0] ?? null) : null,
    shown: [shown(a, context), shown(b, context)],
  };
}

function areaOf({ facts, hand }: Member): string | null {
  if (hand) return hand.areaCode;
  return facts.areas.length === 1 ? facts.areas[0]! : facts.street;
}

function shown(member: Member, context: DeriveContext): ShownRow {
  const said = saidOf(member, context);
  const { name, departmentName } = member.roster ?? BY_HAND;
  return {
    rosterName: name,
    departmentName,
    name: said.name ?? '',
    idNumber: said.idNumber ?? '',
    sex: said.sex ?? '',
    birthDate: said.birthDate ?? '',
    telephone: said.telephone ?? '',
    area: said.area ?? '',
    address: said.address ?? '',
  };
}
