import type { Id, PlainDate } from '@wennuan/basics';
import { type Policy, TIMES_A_YEAR } from '@wennuan/policy';

/** As stored. `replaced`: a draft that was saved again. */
export type StoredState = 'draft' | 'replaced' | 'proposed' | 'refused' | 'withdrawn' | 'decided';

/** As people see it on a day: what is decided is to come, in force, or over. */
export type ShownState = Exclude<StoredState, 'replaced'> | 'valid' | 'ended';

/** What finds people: a code, and who answers for it. */
export interface Program {
  id: Id;
  code: string;
  departmentId: Id | null;
  areaId: number;
  evaluatedOn: PlainDate | null;
  evaluatedVersionId: Id | null;
}

/** One definition of a programme, with what became of it. */
export interface Version {
  id: Id;
  programId: Id;
  departmentId: Id | null;
  source: Policy['source'];
  policy: Policy;
  state: StoredState;
  number: number | null;
  validFrom: PlainDate;
  validUntil: PlainDate | null;
  /** The day from which another version took its place, or it was ended. */
  endsOn: PlainDate | null;
  decidedAt: Date | null;
}

/** A decided definition that holds on a day. */
export interface PolicyInForce {
  programId: Id;
  versionId: Id;
  departmentId: Id | null;
  policy: Policy;
}

/** Whether a version holds on a day: decided, begun, not over, and no later one in its place. */
export function holdsOn(version: Version, on: PlainDate): boolean {
  const { state, validFrom, validUntil, endsOn } = version;
  return (
    state === 'decided' &&
    validFrom <= on &&
    (validUntil === null || on < validUntil) &&
    (endsOn === null || on < endsOn)
  );
}

/** The state of a version as people see it on a day. */
export function stateOn(version: Version, on: PlainDate): ShownState {
  if (version.state === 'replaced') return 'withdrawn';
  if (version.state !== 'decided') return version.state;
  if (holdsOn(version, on)) return 'valid';
  return version.validFrom > on && (version.endsOn === null || version.endsOn > version.validFrom)
    ? 'decided'
    : 'ended';
}

/** The version that stands for a programme on a day: in force, else to come, else waiting, else the newest. */
export function leading(versions: readonly Version[], on: PlainDate): Version | undefined {
  const first = (state: ShownState) => versions.find((one) => stateOn(one, on) === state);
  const order: ShownState[] = ['valid', 'decided', 'proposed', 'draft'];
  return order.map(first).find((one) => one !== undefined) ?? versions[0];
}

/** The draft or proposal of a programme; there is at most one. */
export function pendingOf(versions: readonly Version[]): Version | undefined {
  return versions.find(({ state }) => state === 'draft' || state === 'proposed');
}

/** What a year of it costs when one payment to everybody comes to `amount`, in the same unit. */
export function yearly(policy: Pick<Policy, 'cadence'>, amount: number): number {
  return amount * TIMES_A_YEAR[policy.cadence];
}

/** The day on which the version before it is over once this one is decided. */
export function endOfEarlier(earlier: Version, validFrom: PlainDate): PlainDate {
  return earlier.endsOn !== null && earlier.endsOn < validFrom ? earlier.endsOn : validFrom;
}

/** The definition with its keys in order, so that equal definitions are equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
