import { type NeedKindCode, routes } from '@wennuan/contract';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAmountCheck } from '../../../shared/amount.ts';
import { useCall } from '../../../shared/api/query.ts';
import { asRefusal } from '../../../shared/api/refusal.ts';
import { useDraft } from '../../../shared/draft.ts';
import { useSession } from '../../../shared/session/session.ts';
import { bodyOf, emptyFiling, type FilingDraft, stepOfField, wrongIn } from './form.ts';
import { type FilingStep, stepsOf } from './search.ts';

export interface FilingProps {
  kind: NeedKindCode;
  other: boolean;
  step: FilingStep;
}

/** The pages of one filing: what is typed, what is wrong on this page, and the way to the next. */
export function useFiling({ kind, other, step }: FilingProps) {
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const amountWrong = useAmountCheck();
  const navigate = useNavigate();
  const [empty] = useState(emptyFiling);
  const draft = useDraft(`file:${kind}${other ? ':other' : ''}`, empty);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const steps = stepsOf(kind, other);
  const go = (to: FilingStep) =>
    navigate({ to: '/my/needs/new', search: { kind, other: other || undefined, step: to } });
  const sending = useSendNeed({ kind, other, draft: draft.value, clear: draft.clear, go });
  useHomeCommunity(step === 'where', draft.value.areaCode, draft.update);
  useEffect(() => setErrors({}), [step]);

  function next() {
    const missing = (label: string) => shared('field.empty', { label });
    const wrongOn = (one: FilingStep) =>
      wrongIn(one, draft.value, { kind, t, missing, amountWrong });
    if (step === 'check') {
      const unready = steps.find((one) => Object.keys(wrongOn(one)).length > 0);
      return void (unready ? go(unready) : sending.send());
    }
    const wrong = wrongOn(step);
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) void go(steps[steps.indexOf(step) + 1] ?? 'check');
  }
  return { draft, errors, steps, next, sending };
}

/** Begins the question for the place with the community where the asker lives. */
function useHomeCommunity(
  asked: boolean,
  areaCode: string,
  update: (change: Partial<FilingDraft>) => void,
) {
  const { session } = useSession();
  const home = session?.area?.level === 'community' ? session.area.code : '';
  useEffect(() => {
    if (asked && !areaCode && home) update({ areaCode: home });
  }, [asked, areaCode, home, update]);
}

interface SendProps {
  kind: NeedKindCode;
  other: boolean;
  draft: FilingDraft;
  clear: () => void;
  go: (step: FilingStep) => Promise<void>;
}

/** Files what was typed, after signing in; a refusal leads to the page where it can be corrected. */
function useSendNeed({ kind, other, draft, clear, go }: SendProps) {
  const navigate = useNavigate();
  const router = useRouter();
  const { session } = useSession();
  const file = useCall(routes.need.file);
  const setArea = useCall(routes.session.setHomeArea);
  async function send() {
    if (!session)
      return navigate({ to: '/my/sign-in', search: { next: router.state.location.href } });
    let filed;
    try {
      filed = await file.send({ body: bodyOf(draft, kind, other) });
    } catch (thrown) {
      const refused = stepOfField[asRefusal(thrown).field ?? ''];
      return refused ? go(refused) : undefined;
    }
    // Who asks for herself lives there: from now on the page knows whom to call and what is near.
    if (!other && !session.area)
      await setArea.send({ body: { areaCode: draft.areaCode } }).catch(() => null);
    clear();
    const { id: needId, number, answerBy } = filed;
    return navigate({
      to: '/my/needs/new',
      replace: true,
      search: { step: 'done', needId, number, answerBy },
    });
  }
  return { send, busy: file.busy, refusal: file.refusal, signedIn: session != null };
}
