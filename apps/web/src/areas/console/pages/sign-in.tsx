import { routes } from '@wennuan/contract';
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../../shared/api/query.ts';
import { useDistrict } from '../../../shared/session/district.ts';
import { homeOf } from '../../../shared/session/session.ts';
import {
  Button,
  Form,
  LanguageSwitch,
  Page,
  CodeField,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useSend } from '../parts/send.ts';

const nothing = { name: '', password: '', code: '' };

/** Staff sign in with name, password and one-time code; the sandbox offers its practice accounts. */
export function SignInPage() {
  const { t } = useTranslation('console');
  const { next } = useSearch({ from: '/desk/sign-in' });
  const { value, update, field } = useValues(nothing);
  const navigate = useNavigate();
  const router = useRouter();
  const signIn = useSend(routes.session.signInByPassword);
  const send = (body: typeof nothing) =>
    signIn.run({ body }, (session) => {
      if (next) router.history.push(next);
      else void navigate({ to: homeOf(session.activeRole) });
    });
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} aside={<LanguageSwitch />}>
      <Form onSend={() => send(value)} call={signIn} send={t('signIn.send')}>
        <TextField {...field('name')} label={t('signIn.name')} autoComplete="username" />
        <TextField
          {...field('password')}
          type="password"
          label={t('signIn.password')}
          autoComplete="current-password"
        />
        <CodeField
          {...field('code')}
          label={t('signIn.code')}
          hint={t('signIn.codeHint')}
          autoComplete="one-time-code"
        />
      </Form>
      <DemoSignIns
        onChoose={(chosen) => {
          update(chosen);
          send(chosen);
        }}
      />
      <p>
        <Link to="/my/sign-in">{t('signIn.resident')}</Link>
      </p>
    </Page>
  );
}

/** In the sandbox: one tap signs in as a role of the demo district. */
function DemoSignIns({ onChoose }: { onChoose: (chosen: typeof nothing) => void }) {
  const { t } = useTranslation('console');
  const sandbox = useDistrict()?.sandbox ?? false;
  const demo = useRouteWhen(sandbox, routes.session.sandboxCodes).data;
  if (!demo?.items.length) return null;
  return (
    <section className="stack">
      <h2>{t('signIn.demo')}</h2>
      <p className="soft">{t('signIn.demoNote')}</p>
      <ul className="demo-list">
        {demo.items.map((item) => (
          <li key={item.name}>
            <Button
              wide
              onPress={() =>
                onChoose({ name: item.name, password: item.password, code: item.code })
              }
            >
              <span>
                {item.displayName}
                <small>
                  {[t(`codes.role.${item.role}`), item.areaName].filter(Boolean).join(' · ')}
                </small>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
