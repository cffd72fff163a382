import { z } from 'zod';
import { route } from './route.ts';
import { id, instant, line, listOf, page, plainDate, sumFen } from './values.ts';

/** What must be told to the public, and when. Articles and days are data of the server (`duties.json`). */
export const dutyKinds = [
  'progress',
  'final_report',
  'emergency_receipts',
  'emergency_filing',
  'big_transaction',
  'related_party',
  'annual_report',
  'operating_report',
  'remainder',
  'partner_assessment',
  'charity_sale_result',
] as const;
export const dutyStates = ['upcoming', 'due', 'overdue', 'done', 'done_late', 'void'] as const;
export const subjectKinds = ['campaign', 'fund', 'charity', 'charity_sale'] as const;

export const dutyRule = z.object({
  kind: z.enum(dutyKinds),
  title: z.string(),
  deadline: z.string(),
  source: z.string(),
  article: z.string(),
});
export const disclosureSubject = z.object({
  kind: z.enum(subjectKinds),
  code: z.string(),
  name: z.string(),
  link: z.string().nullable(),
});
export const duty = z.object({
  id,
  number: z.string(),
  kind: z.enum(dutyKinds),
  title: z.string(),
  subject: disclosureSubject,
  period: z.string(),
  opensOn: plainDate,
  dueOn: plainDate,
  /** Days until it is due; negative when overdue; null once it is done or void. */
  daysLeft: z.int().nullable(),
  state: z.enum(dutyStates),
  doneOn: plainDate.nullable(),
  disclosureNumber: z.string().nullable(),
  reason: z.string().nullable(),
});
/** Figures of a report as the ledger had them at a moment; the picture is drawn from them. */
export const reportFigures = z.object({
  asOf: instant,
  from: plainDate,
  until: plainDate,
  inFen: sumFen,
  outFen: sumFen,
  balanceFen: sumFen,
  gifts: z.int(),
  /** What of these is no gift and no payment: matching, rests, changes of purpose, fees; older reports do not tell. */
  otherInFen: sumFen.default(0),
  otherOutFen: sumFen.default(0),
  totalInFen: sumFen,
  totalOutFen: sumFen,
  byMonth: z.array(z.object({ month: z.string(), inFen: sumFen, outFen: sumFen })),
  uses: z.array(z.object({ label: z.string(), amountFen: sumFen, link: z.string().nullable() })),
});
export const correction = z.object({
  at: instant,
  note: z.string(),
  /** The text as it stood before this correction. */
  oldText: z.string(),
});
export const disclosure = z.object({
  number: z.string(),
  kind: z.enum(dutyKinds),
  title: z.string(),
  subject: disclosureSubject,
  publishedAt: instant,
  dueOn: plainDate.nullable(),
  late: z.boolean(),
  text: z.string(),
  figures: reportFigures.nullable(),
  corrections: z.array(correction),
});
const report = z.string().trim().min(20).max(20_000);
const dutyParams = z.object({ dutyId: id });

export const disclosureRoutes = {
  publicDuties: route({
    method: 'GET',
    path: '/api/public/duties',
    permission: 'public',
    summary:
      'The calendar of what must be disclosed: each duty with its article, due day and state; what is overdue is shown.',
    query: z.object({ subject: z.string().max(60).optional() }),
    output: z.object({
      asOf: instant,
      overdue: z.int(),
      rules: z.array(dutyRule),
      items: z.array(duty),
    }),
    refusals: [],
  }),
  disclosures: route({
    method: 'GET',
    path: '/api/public/disclosures',
    permission: 'public',
    summary: 'What has been disclosed, newest first, of one campaign or fund or all.',
    query: page.extend({ subject: z.string().max(60).optional() }),
    output: listOf(disclosure.omit({ figures: true, text: true })),
    refusals: [],
  }),
  disclosure: route({
    method: 'GET',
    path: '/api/public/disclosures/:number',
    permission: 'public',
    summary: 'One disclosure with its figures and every correction beside the old text.',
    params: z.object({ number: z.string().max(40) }),
    output: disclosure,
    refusals: ['not_found'],
  }),
  duties: route({
    method: 'GET',
    path: '/api/disclosure-duties',
    permission: 'disclosure.read',
    summary: 'Duties of disclosure with their clocks, soonest first.',
    query: page.extend({ open: z.coerce.boolean().optional() }),
    output: listOf(duty),
    refusals: [],
  }),
  draft: route({
    method: 'GET',
    path: '/api/disclosure-duties/:dutyId/draft',
    permission: 'disclosure.read',
    summary: 'A draft made from the ledger: figures and sentences, for a person to edit.',
    params: dutyParams,
    output: z.object({ duty, figures: reportFigures.nullable(), text: z.string() }),
    refusals: ['not_found'],
  }),
  publish: route({
    method: 'POST',
    path: '/api/disclosure-duties/:dutyId/publish',
    permission: 'disclosure.write',
    summary:
      'Publishes the report of a duty with the ledger’s figures of this moment; what is published is never changed.',
    params: dutyParams,
    body: z.object({ title: line, text: report }),
    output: disclosure,
    refusals: ['not_found', 'disclosure_published', 'public_text_names_person'],
  }),
  voidDuty: route({
    method: 'POST',
    path: '/api/disclosure-duties/:dutyId/void',
    permission: 'disclosure.write',
    summary: 'Says why a duty does not apply; the reason is public.',
    params: dutyParams,
    body: z.object({ reason: z.string().trim().min(5).max(500) }),
    output: duty,
    refusals: ['not_found', 'disclosure_published'],
  }),
  addDuty: route({
    method: 'POST',
    path: '/api/disclosure-duties',
    permission: 'disclosure.write',
    summary:
      'Notes an event that must be disclosed and that no figure shows: a deal with a related party, a partner’s assessment, a remainder.',
    body: z.object({
      kind: z.enum(['related_party', 'partner_assessment', 'remainder']),
      subjectCode: z.string().max(60).nullable(),
      happenedOn: plainDate,
      what: line,
    }),
    output: duty,
    refusals: ['not_found', 'input_invalid'],
  }),
  correct: route({
    method: 'POST',
    path: '/api/disclosures/:number/corrections',
    permission: 'disclosure.write',
    summary: 'Corrects a published text: the new one is shown, the old one and the note beside it.',
    params: z.object({ number: z.string().max(40) }),
    body: z.object({ note: z.string().trim().min(5).max(500), text: report }),
    output: disclosure,
    refusals: ['not_found', 'public_text_names_person'],
  }),
};

/** Tables anybody may take away, each as CSV and JSON. */
export const openDatasets = [
  'campaigns',
  'funds',
  'movements',
  'payments',
  'aid',
  'charity_sales',
  'disclosures',
  'duties',
] as const;
export const openFormats = ['csv', 'json'] as const;

export const openRoutes = {
  openCatalogue: route({
    method: 'GET',
    path: '/api/open',
    permission: 'public',
    summary: 'The open data: each table with its columns, addresses and licence.',
    output: z.object({
      licence: z.string(),
      licenceUrl: z.string(),
      asOf: instant,
      datasets: z.array(
        z.object({
          name: z.enum(openDatasets),
          title: z.string(),
          rows: z.string(),
          columns: z.array(z.object({ name: z.string(), meaning: z.string() })),
          addresses: z.array(z.object({ format: z.enum(openFormats), path: z.string() })),
        }),
      ),
    }),
    refusals: [],
  }),
  openData: route({
    method: 'GET',
    path: '/api/open/:file',
    permission: 'public',
    summary:
      'One table of the open data, streamed. No person can be found in it, not even by difference.',
    /** `campaigns.csv`, `campaigns.json` … */
    params: z.object({ file: z.string().max(40) }),
    answers: 'file',
    output: z.any(),
    refusals: ['not_found'],
  }),
};
