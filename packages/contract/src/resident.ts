import { z } from 'zod';
import { factSource, fileParts, sensitiveFacts } from './file.shapes.ts';
import { route } from './route.ts';
import {
  areaCode,
  areaRef,
  done,
  id,
  instant,
  line,
  listOf,
  optionalParagraph,
  page,
  paragraph,
  plainDate,
  telephone,
} from './values.ts';

/** How someone agreed, for herself or for whom she acts. `not_possible` needs the reason in the note. */
export const consentForms = ['own_account', 'spoken', 'paper', 'guardian', 'not_possible'] as const;
export const consentPurposes = [
  'need_handling',
  'visit_record',
  'share_with_federation',
  'award',
  'health_data',
  'special_status',
  'child_data',
  'story_public',
  'face_public',
] as const;
export const consent = z.object({
  id,
  purpose: z.enum(consentPurposes),
  form: z.enum(consentForms),
  givenAt: instant,
  notedBy: z.string(),
  withdrawnAt: instant.nullable(),
});
/** A person in lists: masked (`王*芳`), never with telephone or ID number. */
export const personRow = z.object({
  id,
  maskedName: z.string(),
  area: areaRef,
  bornYear: z.int().nullable(),
  hasAccount: z.boolean(),
});
/** What is masked in a file: who she is, and facts of health and special status. */
export const identityFields = ['name', 'telephone', 'id_number', 'address', 'birth_date'] as const;
export const sensitiveFields = [...identityFields, ...sensitiveFacts] as const;
export const personFile = personRow.extend({
  masked: z.object({
    telephone: z.string().nullable(),
    idNumber: z.string().nullable(),
    address: z.string().nullable(),
    birthDate: z.string().nullable(),
  }),
  gender: z.enum(['female', 'male', 'unknown']),
  consents: z.array(consent),
  visits: z.array(
    z.object({ id, visitedAt: instant, purpose: z.string(), byName: z.string(), note: z.string() }),
  ),
  needs: z.array(
    z.object({ id, number: z.string(), title: z.string(), state: z.string(), filedAt: instant }),
  ),
  opened: z.array(
    z.object({ at: instant, byName: z.string(), field: z.string(), reason: z.string() }),
  ),
  ...fileParts.shape,
});
export const visitPurposes = [
  'need_registration',
  'verification',
  'care_check',
  'feedback',
] as const;
/** Written by a worker at the door: only what the purpose needs. */
export const personInput = z.object({
  name: line,
  gender: z.enum(['female', 'male', 'unknown']),
  birthDate: plainDate.nullable(),
  idNumber: z.string().trim().max(20).nullable(),
  telephone: telephone.nullable(),
  address: z.string().trim().max(120),
  areaCode,
  consentForm: z.enum(consentForms),
  consentNote: z.string().trim().max(300).default(''),
});

export const residentRoutes = {
  createPerson: route({
    method: 'POST',
    path: '/api/persons',
    permission: 'person.write',
    summary: 'Opens the file of a person met at the door or counter.',
    body: personInput,
    output: personRow,
    refusals: [
      'area_unknown',
      'telephone_invalid',
      'id_number_invalid',
      'born_in_future',
      'consent_required',
    ],
  }),
  findPersons: route({
    method: 'GET',
    path: '/api/persons',
    permission: 'person.read',
    summary:
      'People of one’s area (a department: of its own rosters); `text` is a name or a part of it, its sound or initials, an ID or telephone number or its end, words of an address, or several of these.',
    query: page.extend({ text: z.string().trim().max(60).optional() }),
    output: listOf(personRow).extend({
      /** True when there are more than were looked through: type more. */
      isCut: z.boolean(),
    }),
    refusals: [],
  }),
  readPerson: route({
    method: 'GET',
    path: '/api/persons/:personId',
    permission: 'person.read',
    summary: 'One person’s file, masked.',
    params: z.object({ personId: id }),
    output: personFile,
    refusals: ['person_not_in_area'],
  }),
  openField: route({
    method: 'POST',
    path: '/api/persons/:personId/openings',
    permission: 'person.read',
    summary: 'Opens one masked field; the reason stays in the file for the person to see.',
    params: z.object({ personId: id }),
    body: z.object({ field: z.enum(sensitiveFields), reason: line }),
    output: z.object({
      value: z.string().nullable(),
      /** What each source says, when there is more than one. */
      said: z.array(z.object({ value: z.string(), source: factSource })),
    }),
    refusals: ['person_not_in_area', 'reason_required'],
  }),
  bindAccount: route({
    method: 'POST',
    path: '/api/persons/:personId/binding',
    permission: 'person.write',
    summary: 'Binds a telephone’s account to the person after meeting her or checking her ID.',
    params: z.object({ personId: id }),
    body: z.object({ telephone, method: z.enum(['face_to_face', 'id_check']) }),
    output: done,
    refusals: ['person_not_in_area', 'already_bound', 'account_unknown', 'telephone_invalid'],
  }),
  unbindAccount: route({
    method: 'DELETE',
    path: '/api/persons/:personId/binding',
    permission: 'person.write',
    summary: 'Ends the binding of a person’s account: a lost or changed number, a mistake.',
    params: z.object({ personId: id }),
    output: done,
    refusals: ['person_not_in_area', 'not_found'],
  }),
  recordVisit: route({
    method: 'POST',
    path: '/api/visits',
    permission: 'person.write',
    summary: 'Notes a home visit.',
    body: z.object({
      personId: id,
      purpose: z.enum(visitPurposes),
      visitedAt: instant,
      note: optionalParagraph,
    }),
    output: z.object({ id }),
    refusals: ['person_not_in_area'],
  }),
  declareRelative: route({
    method: 'POST',
    path: '/api/relatives',
    permission: 'session.own',
    summary: 'Declares that a person is one’s relative, so that one stands aside.',
    body: z.object({ personId: id, relation: line }),
    output: done,
    refusals: ['not_found'],
  }),
  myData: route({
    method: 'GET',
    path: '/api/my-data',
    permission: 'person.own',
    summary:
      'Everything held about the caller: account, person, needs, gifts, consents, who looked (PIPL 45).',
    output: z.object({
      account: z.object({ telephone: z.string(), displayName: z.string(), since: instant }),
      person: z
        .object({
          name: z.string(),
          telephone: z.string().nullable(),
          idNumber: z.string().nullable(),
          address: z.string().nullable(),
          birthDate: z.string().nullable(),
          area: areaRef,
        })
        .nullable(),
      consents: z.array(consent),
      openings: z.array(
        z.object({ at: instant, byName: z.string(), field: z.string(), reason: z.string() }),
      ),
      /** Further sections by module, as plain rows of label and value. */
      sections: z.array(
        z.object({ title: z.string(), rows: z.array(z.record(z.string(), z.string())) }),
      ),
      requests: z.array(
        z.object({
          id,
          kind: z.string(),
          at: instant,
          state: z.string(),
          text: z.string(),
          answer: z.string().nullable(),
        }),
      ),
    }),
    refusals: [],
  }),
  askCorrection: route({
    method: 'POST',
    path: '/api/my-data/requests',
    permission: 'person.own',
    summary:
      'Asks for a correction, a deletion or an explanation; a person answers within 15 days.',
    body: z.object({ kind: z.enum(['correct', 'delete', 'explain', 'transfer']), text: paragraph }),
    output: z.object({ id, answerBy: plainDate }),
    refusals: [],
  }),
  readRequest: route({
    method: 'GET',
    path: '/api/data-requests/:requestId',
    permission: 'need.act',
    summary: 'What somebody of one’s area asks about her own data.',
    params: z.object({ requestId: id }),
    output: z.object({
      id,
      kind: z.enum(['correct', 'delete', 'explain', 'transfer']),
      text: z.string(),
      askedAt: instant,
      answerBy: plainDate,
      answer: z.string().nullable(),
    }),
    refusals: ['not_found'],
  }),
  answerRequest: route({
    method: 'POST',
    path: '/api/data-requests/:requestId/answer',
    permission: 'need.act',
    summary: 'Answers a request about one’s own data, in words its asker reads.',
    params: z.object({ requestId: id }),
    body: z.object({ answer: paragraph }),
    output: done,
    refusals: ['not_found', 'busy_elsewhere'],
  }),
  withdrawConsent: route({
    method: 'DELETE',
    path: '/api/my-data/consents/:consentId',
    permission: 'person.own',
    summary: 'Withdraws a consent as easily as it was given.',
    params: z.object({ consentId: id }),
    output: done,
    refusals: ['not_found'],
  }),
  impactAssessments: route({
    method: 'GET',
    path: '/api/impact-assessments',
    permission: 'audit.read',
    summary: 'Register of personal information impact assessments, kept three years (PIPL 55–56).',
    output: z.object({
      items: z.array(
        z.object({
          id,
          title: z.string(),
          assessedOn: plainDate,
          keepUntil: plainDate,
          conclusion: z.string(),
        }),
      ),
    }),
    refusals: [],
  }),
  addImpactAssessment: route({
    method: 'POST',
    path: '/api/impact-assessments',
    permission: 'audit.read',
    summary: 'Adds an impact assessment to the register.',
    body: z.object({ title: line, assessedOn: plainDate, conclusion: paragraph }),
    output: z.object({ id }),
    refusals: [],
  }),
};
