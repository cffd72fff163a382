import {
  type NeedMove,
  type NeedState,
  type RouteOutput,
  type routes,
  sensitiveFacts,
} from '@wennuan/contract';
import type { Tone } from '../../../shared/ui/index.ts';

export type NeedView = RouteOutput<typeof routes.need.read>;
export type Task = RouteOutput<typeof routes.desk.tasks>['items'][number];
export type Proposal = RouteOutput<typeof routes.fund.readProposal>;
export type Campaign = RouteOutput<typeof routes.donation.campaigns>['items'][number];
export type PersonRow = RouteOutput<typeof routes.resident.findPersons>['items'][number];
export type TaskKind = Task['kind'];
export type PersonFile = RouteOutput<typeof routes.resident.readPerson>;

/** The contract's codes that forms and filters offer, in the order people expect them. */
export {
  channelCodes,
  claimStates,
  consentPurposes,
  legalForms,
  paymentStates,
} from '@wennuan/contract';
export const needScopes = ['open', 'overdue', 'all'] as const;
export const proposalStates = [
  'proposed',
  'approved',
  'refused',
  'paid',
  'cancelled',
] as const satisfies readonly Proposal['state'][];
export const fundKinds = ['mutual_aid', 'special', 'general'] as const;
const identityFields = ['name', 'telephone', 'id_number', 'address', 'birth_date'] as const;
/** What is masked in a file and opens with a reason. */
export const sensitiveFields = [...identityFields, ...sensitiveFacts] as const;
/** What a file says was looked at. */
export const openingFields = [...sensitiveFields, 'look_up'] as const;
/** How consent can be given at the door; one's own account is the resident's own way. */
export const doorConsents = ['spoken', 'paper', 'guardian', 'not_possible'] as const;
export const organizationKinds = [
  'supplier',
  'enterprise',
  'social_organization',
  'department',
  'federation',
] as const;
export const relations = [
  'worker',
  'relative',
  'neighbour',
  'police',
  'school',
  'hospital',
  'hotline',
] as const;
export const genders = ['female', 'male', 'unknown'] as const;
export const visitPurposes = [
  'need_registration',
  'verification',
  'care_check',
  'feedback',
] as const;
export const findings = ['true', 'partly', 'not_true'] as const;
export const metAnswers = ['yes', 'partly', 'no'] as const;
export const aidResults = ['applied', 'not_entitled', 'received', 'refer'] as const;
export const lapseCauses = ['died', 'moved', 'expired'] as const;

/** The tone a state of a need is shown in. */
export const stateTones: Record<NeedState, Tone> = {
  submitted: 'accent',
  returned: 'warned',
  verified: 'running',
  refused: 'late',
  referred: 'quiet',
  withdrawn: 'quiet',
  merged: 'quiet',
  matched: 'running',
  under_way: 'running',
  partly_met: 'warned',
  fed_back: 'done',
  closed: 'done',
  unconfirmed: 'quiet',
  lapsed: 'quiet',
};
export const proposalTones: Record<Proposal['state'], Tone> = {
  proposed: 'running',
  approved: 'accent',
  refused: 'late',
  paid: 'done',
  cancelled: 'quiet',
};
export const campaignTones: Record<Campaign['state'], Tone> = {
  draft: 'quiet',
  filed: 'running',
  open: 'done',
  closed: 'quiet',
};

/** The order in which moves are offered: what carries the matter on first, what ends it last. */
const moveOrder: readonly NeedMove[] = [
  'verify',
  'assess',
  'overturn',
  'uphold',
  'match',
  'start',
  'deliver',
  'call_back',
  'paper_slip',
  'confirm',
  'close',
  'note_referral_result',
  'answer',
  'send_up',
  'return_for_more',
  'refer',
  'merge',
  'note_try',
  'reopen',
  'note',
  'undo',
  'refuse',
  'give_up',
  'lapse',
  'appeal',
  'withdraw',
];

/** The place of a move among those offered. Verifying again is possible, but no longer the main thing. */
export function rankOf(move: NeedMove, state: NeedState): number {
  const isAgain = move === 'verify' && state !== 'submitted';
  return moveOrder.indexOf(isAgain ? 'merge' : move) + (isAgain ? 0.5 : 0);
}
