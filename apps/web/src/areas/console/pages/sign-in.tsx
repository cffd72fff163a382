import { routes } from '@wennuan/contract';
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRouteWhen } from '../../../shared/api/query.ts';
import { useDistrict } from '../../../shared/session/district.ts';
import { homeOf } from '../../../shared/session/session.ts';
import { Button, Card, Form, Page, TextField } from '../../../shared/ui/index.ts';

/** Name, password and one-time code; in the sandbox the demo accounts fill themselves in. */
export function SignInPage() {
  const { t } = useTranslation();
  const { next } = useSearch({ from: '/desk/sign-in' });
  const router = useRouter();
  const navigate = useNavigate();
  const signIn = useCall(routes.session.signInByPassword);
  const [form, setForm] = useState({ name: '', password: '', code: '' });
  const change = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  async function send() {
    const session = await signIn.send({ body: form }).catch(() => null);
    if (!session) return;
    if (next) router.history.push(next);
    else await navigate({ to: homeOf(session.activeRole) });
  }
  return (
    <Page title={t('staffSignIn.title')} lead={t('staffSignIn.lead')}>
      <Form onSend={() => void send()} refusal={signIn.refusal} busy={signIn.busy}>
        <TextField
          name="name"
          label={t('staffSignIn.name')}
          autoComplete="username"
          value={form.name}
          onChange={(name) => change({ name })}
        />
        <TextField
          name="password"
          type="password"
          label={t('staffSignIn.password')}
          autoComplete="current-password"
          value={form.password}
          onChange={(password) => change({ password })}
        />
        <TextField
          name="code"
          label={t('staffSignIn.code')}
          hint={t('staffSignIn.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          short
          value={form.code}
          onChange={(code) => change({ code })}
        />
        <Button kind="primary" type="submit" busy={signIn.busy} wide>
          {t('signIn')}
        </Button>
      </Form>
      <DemoAccounts onChoose={change} />
      <p>
        <Link to="/my/sign-in">{t('staffSignIn.resident')}</Link>
      </p>
    </Page>
  );
}

interface DemoAccountsProps {
  onChoose: (form: { name: string; password: string; code: string }) => void;
}

/** Sandbox only: who can be signed in as, with the code of this moment. */
function DemoAccounts({ onChoose }: DemoAccountsProps) {
  const { t } = useTranslation();
  const sandbox = useDistrict()?.sandbox ?? false;
  const { data, refetch } = useRouteWhen(sandbox, routes.session.sandboxCodes);
  if (!data || data.items.length === 0) return null;
  async function choose(name: string) {
    const fresh = (await refetch()).data?.items.find((item) => item.name === name);
    if (fresh) onChoose({ name: fresh.name, password: fresh.password, code: fresh.code });
  }
  return (
    <Card as="section">
      <h2>{t('staffSignIn.demoTitle')}</h2>
      <p className="soft">{t('staffSignIn.demoLead')}</p>
      <ul className="stack-tight">
        {data.items.map((item) => (
          <li key={item.name} className="row-between">
            <span>
              {t(`role.${item.role}`)}
              <span className="soft small">
                {' '}
                {[item.areaName, item.displayName].filter(Boolean).join(' · ')}
              </span>
            </span>
            <Button
              label={t('staffSignIn.fill', { name: item.displayName })}
              onPress={() => void choose(item.name)}
            >
              {item.name}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
