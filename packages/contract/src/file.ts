import { z } from 'zod';
import { aidLine, factsByHand, household, moveStates, personMove, words } from './file.shapes.ts';
import { entitlement } from './program.shapes.ts';
import { consentForms, consentPurposes, personRow } from './resident.ts';
import { route } from './route.ts';
import { areaCode, done, id, line, plainDate, version } from './values.ts';

/** Why somebody at a counter looks a person up. */
export const lookUpPurposes = ['counter_service', 'benefit_question', 'registration'] as const;
export const relations = [
  'spouse',
  'child',
  'parent',
  'sibling',
  'grandparent',
  'grandchild',
  'child_in_law',
  'other',
] as const;

const personId = z.object({ personId: id });
const householdId = z.object({ householdId: id });
const lookUpCard = personRow.extend({
  gender: z.enum(['female', 'male', 'unknown']),
  age: z.int().nullable(),
  /** Set when a death is registered. */
  diedOn: plainDate.nullable(),
  groups: z.array(words),
  household: household.nullable(),
  /** What she is entitled to now. */
  entitlements: z.array(entitlement),
  aid: z.array(aidLine),
  openNeeds: z.array(z.object({ id, number: z.string(), title: z.string() })),
});

export const fileRoutes = {
  lookUp: route({
    method: 'POST',
    path: '/api/look-ups',
    permission: 'person.read',
    summary:
      'At the counter: an ID number, telephone, or name with last digits says who it is, what she is entitled to, what she had. Leaves a row.',
    body: z.object({ text: line, purpose: z.enum(lookUpPurposes) }),
    output: z.object({
      outcome: z.enum(['found', 'several', 'unknown']),
      person: lookUpCard.nullable(),
      others: z.array(personRow),
      /** A valid ID number of nobody on file: what the new file may begin with. */
      idNumber: z.string().nullable(),
      /** That number is somebody's whose community no roster says: she can be taken in. */
      unplaced: z.boolean(),
    }),
    refusals: [],
  }),
  takeIn: route({
    method: 'POST',
    path: '/api/unplaced-persons',
    permission: 'person.write',
    summary:
      'Takes somebody in who came with her ID card and whose community no roster says; her file, awards and tasks come with her.',
    body: z.object({ idNumber: line }),
    output: z.object({ id }),
    refusals: ['not_found'],
  }),
  factFields: route({
    method: 'GET',
    path: '/api/fact-fields',
    permission: 'session.own',
    summary: 'The fields that facts can have: words, values, which of them a worker notes himself.',
    output: z.object({
      items: z.array(
        z.object({
          code: z.string(),
          title: words,
          type: z.enum(['code', 'money', 'count', 'date', 'age', 'area', 'benefit']),
          values: z.array(z.object({ code: z.string(), title: words })),
          isSensitive: z.boolean(),
          isByHand: z.boolean(),
        }),
      ),
    }),
    refusals: [],
  }),
  noteFact: route({
    method: 'POST',
    path: '/api/persons/:personId/facts',
    permission: 'person.write',
    summary:
      'Notes what a worker found out himself. Health, special status and what a child is need a consent of their own.',
    params: personId,
    body: z.object({
      field: z.enum(factsByHand),
      /** A listed code, a date, or yuan for money. */
      value: line,
      since: plainDate.nullable(),
      /** How she agreed to this being kept; null when that consent is on file. */
      consentForm: z.enum(consentForms).nullable(),
      consentNote: z.string().trim().max(300).default(''),
    }),
    output: z.object({ id: z.int() }),
    refusals: ['person_not_in_area', 'fact_invalid', 'fact_consent_required', 'consent_required'],
  }),
  endFact: route({
    method: 'POST',
    path: '/api/persons/:personId/facts/:factId/end',
    permission: 'person.write',
    summary: 'Ends a fact that a worker noted: it no longer holds from today.',
    params: personId.extend({ factId: z.coerce.number().int() }),
    output: done,
    refusals: ['person_not_in_area', 'not_found'],
  }),
  noteConsent: route({
    method: 'POST',
    path: '/api/persons/:personId/consents',
    permission: 'person.write',
    summary: 'Notes that a person (or her guardian) agreed to one purpose.',
    params: personId,
    body: z.object({
      purpose: z.enum(consentPurposes),
      form: z.enum(consentForms),
      note: z.string().trim().max(300).default(''),
    }),
    output: z.object({ id }),
    refusals: ['person_not_in_area', 'consent_required'],
  }),
  endConsent: route({
    method: 'POST',
    path: '/api/persons/:personId/consents/:consentId/end',
    permission: 'person.write',
    summary: 'Notes that she took a consent back, at the counter or by word.',
    params: personId.extend({ consentId: id }),
    output: done,
    refusals: ['person_not_in_area', 'not_found'],
  }),
  createHousehold: route({
    method: 'POST',
    path: '/api/households',
    permission: 'person.write',
    summary: 'Puts a household together by hand, with its head.',
    body: z.object({ personId: id, since: plainDate.nullable() }),
    output: z.object({ id }),
    refusals: ['person_not_in_area', 'already_member'],
  }),
  addMember: route({
    method: 'POST',
    path: '/api/households/:householdId/members',
    permission: 'person.write',
    summary: 'Adds a member to a household that was put together by hand.',
    params: householdId,
    body: z.object({
      personId: id,
      relation: z.enum(relations),
      since: plainDate.nullable(),
      version,
    }),
    output: done,
    refusals: ['person_not_in_area', 'not_found', 'already_member', 'busy_elsewhere'],
  }),
  endMember: route({
    method: 'POST',
    path: '/api/households/:householdId/members/:personId/end',
    permission: 'person.write',
    summary: 'A member left the household on a day.',
    params: householdId.extend({ personId: id }),
    body: z.object({ until: plainDate, version }),
    output: done,
    refusals: ['not_found', 'busy_elsewhere', 'input_invalid'],
  }),
  chooseHead: route({
    method: 'POST',
    path: '/api/households/:householdId/head',
    permission: 'person.write',
    summary: 'Makes a member the head of a household that was put together by hand.',
    params: householdId,
    body: z.object({ personId: id, version }),
    output: done,
    refusals: ['not_found', 'busy_elsewhere'],
  }),
  proposeMove: route({
    method: 'POST',
    path: '/api/persons/:personId/moves',
    permission: 'person.write',
    summary: 'She moved to another community: its worker is asked to take her file.',
    params: personId,
    body: z.object({
      areaCode,
      address: z.string().trim().max(120).default(''),
      reason: line,
    }),
    output: z.object({ id }),
    refusals: ['person_not_in_area', 'area_unknown', 'move_under_way', 'reason_required'],
  }),
  readMove: route({
    method: 'GET',
    path: '/api/moves/:moveId',
    permission: 'person.read',
    summary: 'A move that was proposed, for both communities.',
    params: z.object({ moveId: id }),
    output: personMove,
    refusals: ['not_found'],
  }),
  decideMove: route({
    method: 'POST',
    path: '/api/moves/:moveId/decision',
    permission: 'person.write',
    summary: 'The new community takes the file or not; the old one may withdraw.',
    params: z.object({ moveId: id }),
    body: z.object({
      decision: z.enum(['accept', 'refuse', 'withdraw']),
      note: z.string().trim().max(300).default(''),
    }),
    output: z.object({ state: z.enum(moveStates) }),
    refusals: ['not_found', 'busy_elsewhere', 'reason_required', 'not_permitted'],
  }),
  erase: route({
    method: 'POST',
    path: '/api/data-requests/:requestId/erasure',
    permission: 'need.act',
    summary:
      'Grants a request to delete: destroys her key where no legal duty keeps it, and answers what stays with whom.',
    params: z.object({ requestId: id }),
    output: z.object({ outcome: z.enum(['erased', 'kept']), answer: z.string() }),
    refusals: ['not_found', 'busy_elsewhere', 'nothing_to_erase', 'delivery_in_hand'],
  }),
  myName: route({
    method: 'GET',
    path: '/api/my-name',
    permission: 'person.own',
    summary: 'How to greet the caller: the name of the person bound to her account, else null.',
    output: z.object({ name: z.string().nullable() }),
    refusals: [],
  }),
};
