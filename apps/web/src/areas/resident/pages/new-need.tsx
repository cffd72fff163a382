import { type NeedKindCode, routes } from '@wennuan/contract';
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { asRefusal } from '../../../shared/api/refusal.ts';
import { useDraft } from '../../../shared/draft.ts';
import { useSession } from '../../../shared/session/session.ts';
import { Button, Form, Page } from '../../../shared/ui/index.ts';
import { FilingCheck } from '../filing/check.tsx';
import { FilingDone } from '../filing/done.tsx';
import { bodyOf, emptyFiling, stepOfField, wrongIn } from '../filing/form.ts';
import { questions } from '../filing/questions.tsx';
import { type FilingStep, stepsOf } from '../filing/search.ts';
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

interface FilingProps {
  kind: NeedKindCode;
  other: boolean;
  step: FilingStep;
}

function useFiling({ kind, other, step }: FilingProps) {
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const navigate = useNavigate();
  const router = useRouter();
  const { session } = useSession();
  const [empty] = useState(emptyFiling);
  const draft = useDraft(`file:${kind}${other ? ':other' : ''}`, empty);
  const file = useCall(routes.need.file);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const steps = stepsOf(kind, other);
  const go = (to: FilingStep) =>
    navigate({ to: '/my/needs/new', search: { kind, other: other || undefined, step: to } });

  const home = session?.area?.level === 'community' ? session.area.code : '';
  const { areaCode } = draft.value;
  const { update } = draft;
  useEffect(() => {
    if (step === 'where' && !areaCode && home) update({ areaCode: home });
  }, [step, areaCode, home, update]);
  useEffect(() => setErrors({}), [step]);

  async function send() {
    if (!session) {
      await navigate({ to: '/my/sign-in', search: { next: router.state.location.href } });
      return;
    }
    let filed;
    try {
      filed = await file.send({ body: bodyOf(draft.value, kind, other) });
    } catch (thrown) {
      // What was refused is corrected on its own page; the refusal is shown there beside the field.
      const refused = stepOfField[asRefusal(thrown).field ?? ''];
      if (refused) await go(refused);
      return;
    }
    draft.clear();
    const { id: needId, number, answerBy } = filed;
    await navigate({
      to: '/my/needs/new',
      replace: true,
      search: { step: 'done', needId, number, answerBy },
    });
  }
  function next() {
    const missing = (label: string) => shared('field.empty', { label });
    if (step === 'check') {
      const unready = steps.find(
        (one) => Object.keys(wrongIn(one, draft.value, { kind, t, missing })).length > 0,
      );
      return void (unready ? go(unready) : send());
    }
    const wrong = wrongIn(step, draft.value, { kind, t, missing });
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) void go(steps[steps.indexOf(step) + 1] ?? 'check');
  }
  return { draft, file, errors, steps, next, signedIn: session != null };
}

function Filing(props: FilingProps) {
  const { kind, other, step } = props;
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const { draft, file, errors, steps, next, signedIn } = useFiling(props);
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
  const refusedStep = file.refusal?.field ? stepOfField[file.refusal.field] : undefined;
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
        refusal={last || refusedStep === step ? file.refusal : null}
        busy={file.busy}
      >
        <Question kind={kind} other={other} draft={draft.value} update={draft.update} />
        {last && <p className="soft small">{t('filing.consentLine')}</p>}
        {last && !signedIn && <p>{t('filing.signInNote')}</p>}
        <Button kind="primary" type="submit" busy={file.busy} wide>
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
