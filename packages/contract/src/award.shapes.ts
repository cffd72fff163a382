import { z } from 'zod';
import { approvalStep } from './approval.shapes.ts';
import {
  amountUnits,
  programCadences,
  programDeliveries,
  programSources,
} from './program.shapes.ts';
import { areaRef, id, instant, plainDate, sumFen, version } from './values.ts';

/** Where an award stands. The first seven come before help, the last six end it. */
export const awardStates = [
  'candidate',
  'ready',
  'referred',
  'proposed',
  'approved',
  'on_notice',
  'paused',
  'granted',
  'paid_elsewhere',
  'halted',
  'refused',
  'declined',
  'died',
  'moved',
  'stopped',
  'finished',
] as const;
export type AwardState = (typeof awardStates)[number];

/** What may be done with an award by a person; what only the system does is not among them. */
export const awardActs = [
  'refuse',
  'decline',
  'note_death',
  'note_move',
  'stop',
  'give_up',
  'resume',
  'renew',
  'refuse_elsewhere',
] as const;
export type AwardAct = (typeof awardActs)[number];

/** One period's part of an award: the month's sum, the year's voucher, the week's hours. */
export const periodStates = [
  'due',
  'sent',
  'delivered',
  'confirmed',
  'returned',
  'cancelled',
] as const;
export type PeriodState = (typeof periodStates)[number];

/** How somebody who has no account was told of a decision. */
export const tellingWays = ['face_to_face', 'telephone', 'letter_left'] as const;

export const awardVisitOutcomes = ['met', 'away', 'declined', 'died', 'moved', 'not_true'] as const;
/** Papers that are looked at and ticked at the door, never photographed. */
export const awardProofs = [
  'id_card',
  'household_book',
  'allowance_paper',
  'disability_card',
  'school_paper',
  'medical_paper',
  'medical_bill',
  'veteran_card',
  'work_paper',
  'bereavement_paper',
  'bank_card',
] as const;
export type Proof = (typeof awardProofs)[number];

/** A programme as the pages about help name it, in the reader's language. */
export const aidProgramme = z.object({
  code: z.string(),
  name: z.string(),
  source: z.enum(programSources),
  what: z.string(),
  clause: z.string(),
  cadence: z.enum(programCadences),
  delivery: z.enum(programDeliveries),
  unit: z.enum(amountUnits),
  forHousehold: z.boolean(),
  notice: z.object({ kind: z.enum(['none', 'paper_board']), days: z.int().nullable() }),
});

export const awardStateCount = z.object({
  state: z.enum(awardStates),
  count: z.int(),
  amount: sumFen,
});
export const awardRound = z.object({
  id,
  number: z.string(),
  programme: aidProgramme,
  period: z.string(),
  area: areaRef,
  openedAt: instant,
  /** How many awards of the round, as far as the reader sees them, stand where. */
  states: z.array(awardStateCount),
  total: z.int(),
  amount: sumFen,
});
export const awardRow = z.object({
  id,
  number: z.string(),
  state: z.enum(awardStates),
  maskedName: z.string(),
  personId: id.nullable(),
  area: areaRef,
  building: z.string().nullable(),
  amount: sumFen,
  tries: z.int(),
  visitedAt: instant.nullable(),
  hasAccount: z.boolean(),
  objected: z.boolean(),
  appealed: z.boolean(),
});
export const awardPeriod = z.object({
  id,
  awardId: id,
  number: z.string(),
  programmeName: z.string(),
  delivery: z.enum(programDeliveries),
  period: z.string(),
  state: z.enum(periodStates),
  amount: sumFen,
  unit: z.enum(amountUnits),
  dueOn: plainDate,
  deliveredOn: plainDate.nullable(),
  confirmedAt: instant.nullable(),
  confirmedBy: z.enum(['account', 'call_back', 'paper_slip']).nullable(),
  /** Why it waits although it is due: no money in the fund, a payment the bank sent back. */
  waits: z.enum(['balance', 'fund', 'rejected', 'not_received']).nullable(),
});
export const awardStep = z.object({
  at: instant,
  move: z.string(),
  state: z.enum(awardStates),
  byName: z.string(),
  note: z.string().nullable(),
});
export const awardDetail = awardRow.extend({
  version,
  round: z.object({ id, number: z.string(), period: z.string() }),
  programme: aidProgramme,
  proofs: z.array(z.enum(awardProofs)),
  acts: z.array(z.enum(awardActs)),
  mayVisit: z.boolean(),
  mayAppealFor: z.boolean(),
  mayDecideAppeal: z.boolean(),
  grantedOn: plainDate.nullable(),
  reviewOn: plainDate.nullable(),
  endedOn: plainDate.nullable(),
  appeal: z
    .object({
      state: z.enum(['open', 'upheld', 'overturned']),
      text: z.string(),
      answer: z.string().nullable(),
    })
    .nullable(),
  /** Of a decision that ended it: what she is to be told, on paper where she has no account. */
  telling: z
    .object({
      reason: z.string(),
      /** What an appeal against it came to, when the decision was upheld. */
      answer: z.string().nullable(),
      decidedBy: z.string(),
      appealTo: z.string(),
      mayAppeal: z.boolean(),
      deskTelephone: z.string().nullable(),
      toldAt: instant.nullable(),
      mayNote: z.boolean(),
    })
    .nullable(),
  visits: z.array(
    z.object({
      at: instant,
      byName: z.string(),
      outcome: z.enum(awardVisitOutcomes),
      proofs: z.array(z.enum(awardProofs)),
      incomeCheck: z.string().nullable(),
      note: z.string(),
    }),
  ),
  periods: z.array(awardPeriod),
  steps: z.array(awardStep),
});

export const awardListStates = ['proposed', 'approved', 'refused', 'split'] as const;
export const awardList = z.object({
  id,
  number: z.string(),
  state: z.enum(awardListStates),
  programme: aidProgramme,
  period: z.string(),
  area: areaRef,
  count: z.int(),
  amount: sumFen,
  fundName: z.string().nullable(),
  fundAvailableFen: sumFen.nullable(),
  proposedBy: z.string(),
  proposedAt: instant,
  /** Set apart from a longer list, because somebody who decides is a relative of one of its people. */
  setAside: z.boolean(),
  steps: z.array(approvalStep),
  mayDecide: z.boolean(),
  mayNotWhy: z.string().nullable(),
});
export const awardRecusal = z.object({
  at: instant,
  awardNumber: z.string(),
  byName: z.string(),
  role: z.enum(['proposer', 'approver', 'staff', 'giver']),
  tie: z.enum(['declared', 'household', 'self']),
});

export const awardNoticeStates = ['to_post', 'posted', 'taken_down'] as const;
export const awardNotice = z.object({
  id,
  number: z.string(),
  code: z.string(),
  state: z.enum(awardNoticeStates),
  programme: aidProgramme,
  period: z.string(),
  area: areaRef,
  deskTelephone: z.string().nullable(),
  days: z.int(),
  count: z.int(),
  amount: sumFen,
  postedAt: instant.nullable(),
  dueAt: instant.nullable(),
  takenDownAt: instant.nullable(),
  objections: z.int(),
});
/** A line of the printed sheet: surname and 某, and nothing that tells more. */
export const awardNoticeLine = z.object({
  place: z.int(),
  awardId: id,
  shownName: z.string(),
  amount: sumFen,
  paused: z.boolean(),
});
export const awardObjection = z.object({
  id,
  at: instant,
  /** Number of the line on the sheet; null when it is about the whole sheet. */
  place: z.int().nullable(),
  text: z.string(),
  contact: z.string().nullable(),
  state: z.enum(['open', 'dismissed', 'upheld']),
  answer: z.string().nullable(),
  mayDecide: z.boolean(),
});

/** Somebody's aid of a year, in the columns of the superior's sheet. */
export const aidOfYear = z.object({
  personId: id,
  maskedName: z.string(),
  area: areaRef,
  programme: z.string(),
  period: z.string(),
  delivery: z.enum(programDeliveries),
  amount: sumFen,
  unit: z.enum(amountUnits),
  deliveredOn: plainDate.nullable(),
  confirmedOn: plainDate.nullable(),
  decidedBy: z.enum(programSources),
});

/** What one has, in words for its reader. */
export const ownAward = z.object({
  id,
  number: z.string(),
  state: z.enum(awardStates),
  programme: aidProgramme,
  amount: sumFen,
  nextOn: plainDate.nullable(),
  reviewOn: plainDate.nullable(),
  /** Why it was refused or ended, in the decider's words. */
  reason: z.string().nullable(),
  decidedBy: z.string(),
  mayAppeal: z.boolean(),
  mayGiveUp: z.boolean(),
  appeal: z
    .object({ state: z.enum(['open', 'upheld', 'overturned']), answer: z.string().nullable() })
    .nullable(),
  periods: z.array(awardPeriod),
});
