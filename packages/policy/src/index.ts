export type {
  Compare,
  Criteria,
  HouseholdMembers,
  HouseholdTotal,
  Leaf,
  Value,
} from './criteria.ts';
export { holdsWith, normalise, type Literal, type NormalCriteria } from './criteria.ts';
export { readPolicies, readPolicy, type Formula, type Policy, type Reading } from './definition.ts';
export type { Problem } from './problems.ts';
export {
  FIELDS,
  fieldOfNumber,
  findField,
  type Field,
  type FieldType,
  type Operator,
} from './fields.ts';
export { type CodedValue, type Words } from './values.ts';
export {
  ageOn,
  areaRange,
  benefitNumber,
  dateNumber,
  dateOfNumber,
  encodeFact,
  readFacts,
  valueNumber,
  type Fact,
  type StoredFact,
} from './facts.ts';
export {
  askedOf,
  evaluate,
  isInForce,
  type Member,
  type Person,
  type State,
  type Verdict,
} from './evaluate.ts';
export { explain, explainHeld, explainMasked, type Clause, type Reason } from './reason.ts';
export { criteriaWords, storedWords } from './words.ts';
export {
  affectedPeople,
  compile,
  PLAN_SETTINGS,
  readRow,
  summarise,
  type Candidate,
  type Plan,
  type ResultRow,
  type Statement,
  type Whom,
} from './sql.ts';
export {
  compileWhatIf,
  readDifference,
  TIMES_A_YEAR,
  withValue,
  type Difference,
  type DifferenceRow,
} from './what-if.ts';
export { FACT_TABLES } from './tables.ts';
