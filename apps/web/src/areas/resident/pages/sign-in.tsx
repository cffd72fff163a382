import { routes } from '@wennuan/contract';
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import { useDistrict } from '../../../shared/session/district.ts';
import { homeOf } from '../../../shared/session/session.ts';
import { Button, Form, Notice, Page, CodeField, TextField } from '../../../shared/ui/index.ts';

const empty = { telephone: '', sentTo: '', minutes: 0, resendAtMillis: 0 };

/** First the telephone number, then the code that was sent to it. */
export function SignInPage() {
  const { t } = useTranslation('resident');
  const draft = useDraft('sign-in', empty);
  const ask = useCall(routes.session.requestCode);
  const sandbox = useDistrict()?.sandbox ?? false;
  async function sendCode() {
    const { telephone } = draft.value;
    const sent = await ask.send({ body: { telephone } }).catch(() => null);
    if (!sent) return;
    draft.update({
      sentTo: sent.sentTo,
      minutes: sent.validMinutes,
      resendAtMillis: Date.now() + sent.resendSeconds * 1_000,
    });
  }
  return (
    <Page title={t('signIn.title')} lead={<p>{t('signIn.lead')}</p>}>
      {draft.value.sentTo === '' ? (
        <Form onSend={() => void sendCode()} call={ask}>
          <TextField
            {...draft.field('telephone')}
            type="tel"
            inputMode="tel"
            autoComplete="tel-national"
            label={t('signIn.telephone')}
          />
          <Button kind="primary" type="submit" busy={ask.busy} wide>
            {t('signIn.getCode')}
          </Button>
        </Form>
      ) : (
        <CodeForm
          sent={draft.value}
          onResend={() => void sendCode()}
          onOther={() => draft.update({ ...empty, telephone: draft.value.telephone })}
          onDone={draft.clear}
        />
      )}
      <Notice tone="warned">
        <p>{t('signIn.warning')}</p>
      </Notice>
      <p className="soft">{t('signIn.lost')}</p>
      <p className="row">
        <Link to="/desk/sign-in">{t('signIn.staff')}</Link>
        {sandbox && <Link to="/sandbox/codes">{t('signIn.sandboxAccounts')}</Link>}
      </p>
    </Page>
  );
}

interface CodeFormProps {
  sent: typeof empty;
  onResend: () => void;
  onOther: () => void;
  onDone: () => void;
}

function CodeForm({ sent, onResend, onOther, onDone }: CodeFormProps) {
  const { t } = useTranslation('resident');
  const { next } = useSearch({ from: '/my/sign-in' });
  const navigate = useNavigate();
  const router = useRouter();
  const sandbox = useDistrict()?.sandbox ?? false;
  const signIn = useCall(routes.session.signInByTelephone);
  const [code, setCode] = useState('');
  const seconds = useSecondsUntil(sent.resendAtMillis);
  async function submit() {
    const body = { telephone: sent.telephone, code };
    const session = await signIn.send({ body }).catch(() => null);
    if (!session) return;
    onDone();
    if (next) router.history.push(next);
    else await navigate({ to: homeOf(session.activeRole) });
  }
  return (
    <Form onSend={() => void submit()} call={signIn}>
      <div className="code-input">
        <CodeField
          name="code"
          label={t('signIn.code')}
          hint={t('signIn.codeHint', { sentTo: sent.sentTo, minutes: sent.minutes })}
          autoComplete="one-time-code"
          value={code}
          onChange={setCode}
        />
      </div>
      {sandbox && (
        <p>
          <Link to="/sandbox/messages">{t('signIn.sandbox')}</Link>
        </p>
      )}
      <Button kind="primary" type="submit" busy={signIn.busy} wide>
        {t('signIn.title')}
      </Button>
      <div className="form-actions">
        {seconds > 0 ? (
          <span className="soft">{t('signIn.resendWait', { seconds })}</span>
        ) : (
          <Button onPress={onResend}>{t('signIn.resend')}</Button>
        )}
        <Button kind="quiet" onPress={onOther}>
          {t('signIn.other')}
        </Button>
      </div>
    </Form>
  );
}

/** Whole seconds until a moment, counting down on screen. */
function useSecondsUntil(millis: number): number {
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Math.ceil((millis - now) / 1_000));
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => setNow(Date.now()), 1_000);
    return () => clearTimeout(timer);
  }, [left, now]);
  return left;
}
