import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button, Form, Page } from '../../../shared/ui/index.ts';
import { FilingCheck } from '../filing/check.tsx';
import { FilingDone } from '../filing/done.tsx';
import { stepOfField } from '../filing/form.ts';
import { questions } from '../filing/questions.tsx';
import { type FilingStep, stepsOf } from '../filing/search.ts';
import { type FilingProps, useFiling } from '../filing/use-filing.ts';
import { icons } from '../parts/icons.tsx';

/** Filing a wish or a help request: one question a page, in the address, so that back is always right. */
export function NewNeedPage() {
  const search = useSearch({ from: '/my/needs/new' });
  const { kind, step, other = false } = search;
  if (step === 'done') return <FilingDone {...search} />;
  if (!kind) return <ChooseKind />;
  const steps = stepsOf(kind, other);
  const now = step && steps.includes(step) ? step : steps[0]!;
  return <Filing key={`${kind}:${other}`} kind={kind} other={other} step={now} />;
}

function ChooseKind() {
  const { t } = useTranslation('resident');
  return (
    <Page title={t('filing.choose')}>
      <Link to="/my/needs/new" search={{ kind: 'micro_wish' }} className="ask-tile">
        {icons.wish}
        <strong>{t('filing.wish')}</strong>
        <small>{t('filing.wishHint')}</small>
      </Link>
      <Link to="/my/needs/new" search={{ kind: 'help_request' }} className="ask-tile">
        {icons.help}
        <strong>{t('filing.help')}</strong>
        <small>{t('filing.helpHint')}</small>
      </Link>
    </Page>
  );
}

/** One page of a filing. */
function Filing(props: FilingProps) {
  const { kind, other, step } = props;
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const { draft, errors, steps, next, sending } = useFiling(props);
  const { refusal, busy, signedIn } = sending;
  const wish = kind === 'micro_wish';
  const titles: Record<FilingStep, string> = {
    rules: t('filing.rulesTitle'),
    who: t('filing.who'),
    what: t(wish ? 'filing.whatWish' : 'filing.whatHelp'),
    amount: t(wish ? 'filing.amountWish' : 'filing.amountHelp'),
    why: t('filing.why'),
    where: t(wish ? 'filing.where' : 'filing.whereHelp'),
    photos: t('filing.photos'),
    check: t('filing.check'),
    done: t('filing.done'),
  };
  const Question = step === 'check' || step === 'done' ? FilingCheck : questions[step];
  const refusedStep = refusal?.field ? stepOfField[refusal.field] : undefined;
  const last = step === 'check';
  return (
    <Page
      key={step}
      title={titles[step]}
      lead={
        <p>
          {t(`kind.${kind}`)} ·{' '}
          {t('filing.position', { place: steps.indexOf(step) + 1, all: steps.length })}
        </p>
      }
    >
      {draft.restored && step === steps[0] && (
        <p className="row">
          <span className="soft">{t('filing.draftKept')}</span>
          <Button kind="quiet" onPress={draft.clear}>
            {t('filing.startOver')}
          </Button>
        </p>
      )}
      <Form
        onSend={next}
        errors={errors}
        call={{ busy, refusal: last || refusedStep === step ? refusal : null }}
      >
        <Question kind={kind} other={other} draft={draft.value} update={draft.update} />
        {last && <p className="soft small">{t('filing.consentLine')}</p>}
        {last && !signedIn && <p>{t('filing.signInNote')}</p>}
        <Button kind="primary" type="submit" busy={busy} wide>
          {last ? t(signedIn ? 'filing.send' : 'filing.signInToSend') : shared('next')}
        </Button>
      </Form>
      {step === steps[0] && (
        <p>
          <Link to="/my/needs/new" search={{ kind, other: other ? undefined : true }}>
            {t(other ? 'filing.forMe' : 'filing.forOther')}
          </Link>
          <br />
          {!other && <small className="soft">{t('filing.forOtherHint')}</small>}
        </p>
      )}
    </Page>
  );
}
