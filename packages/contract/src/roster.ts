import { z } from 'zod';
import { route } from './route.ts';
import { areaRef, done, id, instant, line, listOf, page, plainDate } from './values.ts';

/** On which ground a department hands a roster over (PIPL 13, 23): its own duty by law, an agreement on sharing, or consent. */
export const legalBases = ['statutory_duty', 'agreed_sharing', 'consent'] as const;

/** What a column can hold; `fact:CODE` is a field of the policy catalogue. */
export const columnField = z.string().regex(/^[a-zA-Z]+$|^fact:[a-z_]+$/);

/** What can be wrong with a cell; the sentences are the pages'. */
export const cellProblems = [
  'id_checksum',
  'id_scientific',
  'id_unreadable',
  'id_lost_digits',
  'id_fifteen_digits',
  'id_contradicts_birth',
  'id_contradicts_sex',
  'id_shared',
  'name_missing',
  'name_says_died',
  'born_in_future',
  'date_unreadable',
  'area_unknown',
  'telephone_unreadable',
  'amount_unreadable',
  'value_unknown',
  'row_twice',
] as const;

export const rosterColumn = z.object({
  /** From 0. */
  index: z.int(),
  header: z.string(),
  field: columnField,
  /** What it holds in words; null for a column that is kept but not understood. */
  label: z.string().nullable(),
  /** 0 to 1; 1 is a person's own choice. */
  confidence: z.number(),
  isChosen: z.boolean(),
  /** What stands in its first lines, masked where it may name somebody. */
  samples: z.array(z.string()),
});
export const rosterSheet = z.object({
  name: z.string(),
  isRoster: z.boolean(),
  /** Line of the header, from 1; 0 without one. */
  headerLine: z.int(),
  rowCount: z.int(),
  /** The area of all its people, by the sheet's or the file's own words, where no column says it. */
  place: z.string().nullable(),
  columns: z.array(rosterColumn),
});
export const roster = z.object({
  id,
  departmentId: id,
  departmentName: z.string(),
  name: z.string(),
  groupCode: z.string().nullable(),
  groupName: z.string().nullable(),
  registersDeaths: z.boolean(),
  purpose: z.string(),
  legalBasis: z.enum(legalBases),
  retentionDays: z.int(),
  rowCount: z.int(),
  /** People of it whose community nobody knows: no worker meets them. */
  unplacedCount: z.int(),
  /** The delivery in force. */
  delivery: z.object({ id, fileName: z.string(), importedAt: instant }).nullable(),
  /** A delivery that was read and waits for a decision. */
  waitingId: id.nullable(),
});
export const rosterDelivery = z.object({
  id,
  rosterId: id,
  rosterName: z.string(),
  departmentName: z.string(),
  groupCode: z.string().nullable(),
  groupName: z.string().nullable(),
  registersDeaths: z.boolean(),
  fileName: z.string(),
  /** What a person may say a column holds. */
  choices: z.array(z.object({ field: columnField, label: z.string() })),
  state: z.enum(['read', 'imported', 'discarded']),
  readAt: instant,
  importedAt: instant.nullable(),
  sheets: z.array(rosterSheet),
  rowCount: z.int(),
  newCount: z.int(),
  goneCount: z.int(),
  changedCount: z.int(),
  /** As for its roster; 0 while it is not the one in force. */
  unplacedCount: z.int(),
  problemCount: z.int(),
  /** The first few hundred. */
  problems: z.array(
    z.object({
      sheet: z.string(),
      line: z.int(),
      column: z.int(),
      /** As a spreadsheet names it: D17; of a line as a whole its number only. */
      cell: z.string(),
      header: z.string(),
      kind: z.enum(cellProblems),
    }),
  ),
});
/** What became of a file that was sent: `same` when this very file is in already. */
const readOutcome = z.object({ outcome: z.enum(['read', 'same']), delivery: rosterDelivery });
export const importFigures = z.object({
  rows: z.int(),
  persons: z.int(),
  newPersons: z.int(),
  openQuestions: z.int(),
});
const reviewedRow = z.object({
  rosterName: z.string(),
  departmentName: z.string(),
  line: z.int().nullable(),
  name: z.string(),
  idNumber: z.string(),
  sex: z.string(),
  birthDate: z.string(),
  telephone: z.string(),
  area: z.string(),
  address: z.string(),
});
export const linkQuestion = z.object({
  id,
  area: areaRef,
  /** Chance that they are one person, 0 to 1, as far as figures tell. */
  likelihood: z.number(),
  a: reviewedRow,
  b: reviewedRow,
  evidence: z.array(z.object({ field: z.string(), relation: z.string(), bits: z.number() })),
});
export const linkWords = ['same', 'different'] as const;

export const rosterRoutes = {
  list: route({
    method: 'GET',
    path: '/api/rosters',
    permission: 'roster.read',
    summary: 'Rosters one may see, each with its delivery in force.',
    output: z.object({
      items: z.array(roster),
      groups: z.array(z.object({ code: z.string(), name: z.string() })),
    }),
    refusals: [],
  }),
  update: route({
    method: 'PUT',
    path: '/api/rosters/:rosterId',
    permission: 'roster.write',
    summary: 'What a roster is called and for: group, purpose, legal ground, retention.',
    params: z.object({ rosterId: id }),
    body: z.object({
      name: line,
      groupCode: z.string().max(40).nullable(),
      registersDeaths: z.boolean(),
      purpose: z.string().trim().min(1).max(200),
      legalBasis: z.enum(legalBases),
      retentionDays: z.int().min(30).max(36_500),
    }),
    output: done,
    refusals: ['not_found', 'group_unknown', 'roster_name_taken'],
  }),
  read: route({
    method: 'POST',
    path: '/api/roster-deliveries',
    permission: 'roster.write',
    summary:
      'Takes one file (.xlsx or .csv), reads it and says what was understood; changes nothing yet.',
    takes: 'upload',
    output: readOutcome,
    refusals: [
      'roster_too_large',
      'roster_unreadable',
      'roster_password',
      'roster_old_format',
      'roster_too_many_cells',
      'sheet_line_too_long',
      'sheet_quote_open',
      'roster_side_by_side',
      'roster_two_tables',
      'roster_several_groups',
      'roster_empty',
      'roster_not_a_roster',
      'roster_areas_missing',
      'disk_full',
    ],
  }),
  delivery: route({
    method: 'GET',
    path: '/api/roster-deliveries/:deliveryId',
    permission: 'roster.read',
    summary: 'What was understood of a file, what is wrong where, and what it would change.',
    params: z.object({ deliveryId: id }),
    output: rosterDelivery,
    refusals: ['not_found'],
  }),
  differences: route({
    method: 'GET',
    path: '/api/roster-deliveries/:deliveryId/differences',
    permission: 'roster.read',
    summary: 'Rows that are new, gone or changed against the delivery in force, names masked.',
    params: z.object({ deliveryId: id }),
    query: page.extend({ kind: z.enum(['new', 'gone', 'changed']) }),
    output: listOf(
      z.object({
        id,
        line: z.int(),
        maskedName: z.string(),
        /** Of a changed row: columns with what stood there and what stands there now. */
        cells: z.array(z.object({ header: z.string(), before: z.string(), after: z.string() })),
      }),
    ),
    refusals: ['not_found'],
  }),
  problemSheet: route({
    method: 'GET',
    path: '/api/roster-deliveries/:deliveryId/problems.xlsx',
    permission: 'roster.read',
    summary:
      'Every wrong cell of a delivery as a workbook for its department, without anybody’s data.',
    params: z.object({ deliveryId: id }),
    answers: 'file',
    output: z.any(),
    refusals: ['not_found'],
  }),
  chooseColumn: route({
    method: 'PUT',
    path: '/api/roster-deliveries/:deliveryId/columns',
    permission: 'roster.write',
    summary: 'Says what a column means; remembered for every later delivery of the roster.',
    params: z.object({ deliveryId: id }),
    body: z.object({ header: z.string().max(200), field: columnField }),
    output: rosterDelivery,
    refusals: ['not_found', 'column_unknown', 'busy_elsewhere'],
  }),
  import: route({
    method: 'POST',
    path: '/api/roster-imports',
    permission: 'roster.write',
    summary:
      'Makes deliveries the ones in force, whole or not at all, and puts persons together anew.',
    body: z.object({ deliveryIds: z.array(id).min(1).max(50) }),
    output: importFigures,
    refusals: ['not_found', 'roster_busy', 'delivery_decided'],
  }),
  discard: route({
    method: 'DELETE',
    path: '/api/roster-deliveries/:deliveryId',
    permission: 'roster.write',
    summary: 'Throws a delivery away that was read but not imported.',
    params: z.object({ deliveryId: id }),
    output: done,
    refusals: ['not_found', 'delivery_decided'],
  }),
  questions: route({
    method: 'GET',
    path: '/api/link-questions',
    permission: 'roster.review',
    summary: 'Pairs of rows of which a person must say whether they are one; the likeliest first.',
    query: page,
    output: listOf(linkQuestion).extend({ openCount: z.int() }),
    refusals: [],
  }),
  answer: route({
    method: 'POST',
    path: '/api/link-questions/:questionId/answer',
    permission: 'roster.review',
    summary: 'Says that both rows are of one person, or of two.',
    params: z.object({ questionId: id }),
    body: z.object({ word: z.enum(linkWords) }),
    output: z.object({ answerId: id }),
    refusals: ['not_found', 'busy_elsewhere'],
  }),
  answers: route({
    method: 'GET',
    path: '/api/link-answers',
    permission: 'roster.review',
    summary: 'Answers given, newest first; each can be taken back.',
    query: page,
    output: listOf(
      z.object({
        id,
        at: instant,
        byName: z.string(),
        word: z.enum([...linkWords, 'withdrawn']),
        isUndone: z.boolean(),
        maskedA: z.string(),
        maskedB: z.string(),
        area: areaRef,
        asOf: plainDate,
      }),
    ),
    refusals: [],
  }),
  undoAnswer: route({
    method: 'POST',
    path: '/api/link-answers/:answerId/undo',
    permission: 'roster.review',
    summary: 'Takes an answer back: files become what they were before it.',
    params: z.object({ answerId: id }),
    output: done,
    refusals: ['not_found', 'busy_elsewhere'],
  }),
  separate: route({
    method: 'POST',
    path: '/api/persons/:personId/separations',
    permission: 'roster.review',
    summary: 'Says that a row of a person’s file is somebody else’s: the opposite of a link.',
    params: z.object({ personId: id }),
    body: z.object({ sourceRowId: id }),
    output: z.object({ answerId: id }),
    refusals: ['not_found', 'nothing_to_separate'],
  }),
};
