import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../shared/draft.ts';
import { type Values, valuesOf } from '../../../shared/values.ts';
import {
  Button,
  Checkbox,
  DateField,
  Form,
  RadioGroup,
  say,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import type { AwardDetail } from '../parts/aid-codes.ts';
import { useChecks } from '../parts/checks.ts';
import { doorConsents } from '../parts/codes.ts';
import { instantOf, nowAsTyped } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';

type Proof = AwardDetail['proofs'][number];
type Consent = (typeof doorConsents)[number];
const outcomes = ['met', 'away', 'not_true', 'declined', 'moved', 'died'] as const;
type Outcome = (typeof outcomes)[number];

interface Kept {
  outcome: Outcome;
  visitedAt: string;
  consentForm: Consent | '';
  consentNote: string;
  proofs: Proof[];
  incomeCheck: string;
  note: string;
}
const empty: Kept = {
  outcome: 'met',
  visitedAt: '',
  consentForm: '',
  consentNote: '',
  proofs: [],
  incomeCheck: '',
  note: '',
};
/** Outcomes whose note is a reason that she is told. */
const reasoned: readonly Outcome[] = ['not_true', 'moved'];

/** The visit at the door, on a telephone: what came of it, consent, papers ticked. Kept without network. */
export function VisitForm({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('console');
  const draft = useDraft(`aid-visit:${award.id}`, empty);
  const visit = useSend(routes.award.visit);
  const checks = useChecks();
  const value = { ...draft.value, visitedAt: draft.value.visitedAt || nowAsTyped() };
  const form = valuesOf<Kept>(value, draft.update);
  const { update, field } = form;
  const isMet = value.outcome === 'met';
  const lacking = award.proofs.filter((proof) => !value.proofs.includes(proof));
  const papers = lacking.map((proof) => t(`aid.proof.${proof}`)).join('、');
  function send() {
    const isReasoned = reasoned.includes(value.outcome);
    const fine = checks.pass({
      consentForm: isMet && value.consentForm === '' && t('aid.award.noConsent'),
      proofs: isMet && lacking.length > 0 && t('aid.award.proofsLack', { papers }),
      note: isReasoned && value.note.trim().length < 2 && t('aid.award.noReason'),
    });
    if (!fine) return;
    const body = {
      ...value,
      version: award.version,
      visitedAt: instantOf(value.visitedAt),
      consentForm: isMet ? (value.consentForm as Consent) : null,
      proofs: isMet ? value.proofs : [],
      incomeCheck: value.incomeCheck.trim() || null,
    };
    visit.run({ params: { awardId: award.id }, body }, () => {
      draft.clear();
      say(t('aid.award.saved'));
    });
  }
  return (
    <section className="panel" aria-labelledby="visit">
      <h2 id="visit">{t('aid.award.visit')}</h2>
      <p className="soft">{t('aid.award.visitLead')}</p>
      <Form onSend={send} errors={checks.errors} call={visit}>
        <RadioGroup
          name="outcome"
          label={t('aid.award.outcome')}
          value={value.outcome}
          onChange={(picked) => update({ outcome: oneOf(outcomes, picked) ?? 'met' })}
          options={outcomes.map((one) => ({ value: one, label: t(`aid.outcome.${one}`) }))}
        />
        {isMet && <Met award={award} {...form} errors={checks.errors} />}
        <DateField {...field('visitedAt')} type="datetime-local" label={t('aid.award.visitedAt')} />
        <TextArea
          {...field('note')}
          label={t(reasoned.includes(value.outcome) ? 'aid.award.noteReason' : 'aid.award.note')}
          optional={!reasoned.includes(value.outcome)}
          rows={2}
          most={2000}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={visit.busy} wide>
            {t('aid.award.save')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

interface MetProps extends Values<Kept> {
  award: AwardDetail;
  errors: Record<string, string>;
}

/** What is asked only when she was met: her consent, the papers, an income check. */
function Met({ award, value, update, errors, field }: MetProps) {
  const { t } = useTranslation('console');
  const toggle = (proof: Proof, seen: boolean) =>
    update({
      proofs: seen
        ? [...new Set([...value.proofs, proof])]
        : value.proofs.filter((one) => one !== proof),
    });
  return (
    <>
      <RadioGroup
        name="consentForm"
        label={t('aid.award.consent')}
        value={value.consentForm}
        onChange={(picked) => update({ consentForm: oneOf(doorConsents, picked) ?? '' })}
        options={doorConsents.map((one) => ({ value: one, label: t(`codes.consent.${one}`) }))}
      />
      {(value.consentForm === 'guardian' || value.consentForm === 'not_possible') && (
        <TextField {...field('consentNote')} label={t('aid.award.consentNote')} />
      )}
      <fieldset className="field" data-wrong={errors['proofs'] ? true : undefined}>
        <legend>{t('aid.award.proofs')}</legend>
        {errors['proofs'] && <span className="field-error">{errors['proofs']}</span>}
        <div className="choices">
          {award.proofs.map((proof) => (
            <Checkbox
              key={proof}
              boxed
              name={`proof-${proof}`}
              label={t(`aid.proof.${proof}`)}
              checked={value.proofs.includes(proof)}
              onChange={(seen) => toggle(proof, seen)}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        {...field('incomeCheck')}
        label={t('aid.award.incomeCheck')}
        hint={t('aid.award.incomeCheckHint')}
      />
    </>
  );
}
