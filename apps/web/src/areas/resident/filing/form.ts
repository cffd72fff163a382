import { newId, parseYuan } from '@wennuan/basics';
import { type NeedKindCode, needKinds, type routes, type RouteInput } from '@wennuan/contract';
import type { TFunction } from 'i18next';
import type { FilingStep } from './search.ts';

/** What is typed while filing; kept as a draft until it is sent. */
export interface FilingDraft {
  title: string;
  story: string;
  amountYuan: string;
  /** No money is needed, only somebody's help. */
  free: boolean;
  areaCode: string;
  contactTelephone: string;
  attachmentIds: string[];
  understood: boolean;
  personName: string;
  relation: '' | 'relative' | 'neighbour';
  consentForm: '' | 'spoken' | 'paper' | 'guardian' | 'not_possible';
  consentNote: string;
  formId: string;
}

/** An untouched form. Its formId is what makes a repeated tap file one need. */
export const emptyFiling = (): FilingDraft => ({
  title: '',
  story: '',
  amountYuan: '',
  free: false,
  areaCode: '',
  contactTelephone: '',
  attachmentIds: [],
  understood: false,
  personName: '',
  relation: '',
  consentForm: '',
  consentNote: '',
  formId: newId(),
});

type Translate = TFunction<'resident'>;
type Errors = Record<string, string>;

interface Asked {
  kind: NeedKindCode;
  t: Translate;
  missing: (label: string) => string;
  /** What is wrong with an amount as it was typed. */
  amountWrong: (yuan: string, missing: string) => string | undefined;
}

/** What is missing on one page of the filing, by field; empty when one can go on. */
export function wrongIn(
  step: FilingStep,
  draft: FilingDraft,
  { kind, t, missing, amountWrong }: Asked,
): Errors {
  const wish = kind === 'micro_wish';
  const errors: Errors = {};
  const need = (field: string, value: string, label: string) => {
    if (!value.trim()) errors[field] = missing(label);
  };
  if (step === 'rules' && !draft.understood) errors.understood = missing(t('filing.rulesAgree'));
  if (step === 'who') {
    need('personName', draft.personName, t('filing.whoName'));
    need('relation', draft.relation, t('filing.whoRelation'));
    need('consentForm', draft.consentForm, t('filing.whoConsent'));
    if (draft.consentForm === 'not_possible' && !draft.consentNote.trim())
      errors.consentNote = t('filing.whoNoteRequired');
  }
  if (step === 'what') need('title', draft.title, t(wish ? 'filing.whatWish' : 'filing.whatHelp'));
  // A help request may go without an amount, and a wish that only asks for somebody's time.
  if (step === 'amount' && !draft.free && (wish || draft.amountYuan.trim())) {
    const wrong = amountWrong(draft.amountYuan, missing(t('filing.amountWish')));
    if (wrong) errors.amountYuan = wrong;
    else if ((parseYuan(draft.amountYuan) ?? 0) > (needKinds[kind].mostFen ?? Infinity))
      errors.amountYuan = t('filing.amountTooMuch');
  }
  if (step === 'why') need('story', draft.story, t('filing.why'));
  const most = needKinds[kind].mostStoryCharacters;
  const now = [...draft.story].length;
  if (step === 'why' && now > most) errors.story = t('filing.whyTooLong', { most, now });
  if (step === 'where') need('areaCode', draft.areaCode, t('filing.community'));
  return errors;
}

/** The body the contract wants, from what was typed. */
export function bodyOf(
  draft: FilingDraft,
  kind: NeedKindCode,
  other: boolean,
): RouteInput<typeof routes.need.file>['body'] {
  return {
    kind,
    title: draft.title,
    story: draft.story,
    amountYuan: draft.free || !draft.amountYuan.trim() ? null : draft.amountYuan,
    areaCode: draft.areaCode,
    contactTelephone: draft.contactTelephone.trim() || null,
    attachmentIds: draft.attachmentIds,
    acting: other
      ? {
          relation: draft.relation || 'relative',
          personId: null,
          personName: draft.personName,
          consentForm: draft.consentForm || 'spoken',
          consentNote: draft.consentNote,
        }
      : null,
    formId: draft.formId,
  };
}

/** The page on which a refused field can be corrected. */
export const stepOfField: Record<string, FilingStep> = {
  title: 'what',
  story: 'why',
  amountYuan: 'amount',
  areaCode: 'where',
  contactTelephone: 'where',
  attachmentIds: 'photos',
  acting: 'who',
  personName: 'who',
  consentForm: 'who',
};
