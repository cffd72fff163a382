import { routes } from '@wennuan/contract';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  ButtonAnchor,
  DateText,
  Facts,
  Loaded,
  Notice,
  Page,
  RefusalNotice,
  State,
  TextField,
} from '../../../shared/ui/index.ts';

/** Asks for the code on a slip. */
export function SlipsPage() {
  const { t } = useTranslation('public');
  const { code } = useSearch({ from: '/public/slips' });
  return (
    <Page title={t('slips.title')} description={t('slips.description')} lead={t('slips.lead')}>
      <CodeForm code={code ?? ''} />
      {code && <SlipState code={code} />}
    </Page>
  );
}

/** Where the QR code of a slip leads. */
export function SlipPage() {
  const { t } = useTranslation('public');
  const { code } = useParams({ from: '/public/slips/$code' });
  return (
    <Page title={t('slips.title')} description={t('slips.description')}>
      <SlipState code={code} />
      <p>
        <Link to="/slips">{t('slips.again')}</Link>
      </p>
    </Page>
  );
}

/** A plain form that asks the server; with JavaScript it stays inside the app. */
function CodeForm({ code }: { code: string }) {
  const { t } = useTranslation('public');
  const navigate = useNavigate();
  const [typed, setTyped] = useState(code);
  function look(event: FormEvent) {
    event.preventDefault();
    const wanted = typed.normalize('NFKC').trim();
    if (wanted) void navigate({ to: '/slips', search: { code: wanted } });
  }
  return (
    <form action="/slips" method="get" className="form" onSubmit={look}>
      <TextField
        name="code"
        label={t('slips.code')}
        hint={t('slips.codeHint')}
        value={typed}
        maxLength={40}
        onChange={setTyped}
      />
      <Button kind="primary" type="submit">
        {t('slips.look')}
      </Button>
    </form>
  );
}

function SlipState({ code }: { code: string }) {
  const { t } = useTranslation('public');
  const query = useRoute(routes.need.lookUp, { params: { code } });
  if (query.error?.status === 404) return <Notice tone="warned">{t('slips.notFound')}</Notice>;
  if (query.error) return <RefusalNotice refusal={query.error} />;
  return (
    <Loaded query={query}>
      {(slip) => (
        <section className="card" aria-live="polite">
          <h2>
            {t('slips.number')} <span className="number">{slip.number}</span>
          </h2>
          <p>
            <State tone={slip.state === 'closed' ? 'done' : 'running'}>{t('slips.state')}</State>{' '}
            <strong>{t(`slips.states.${slip.state}`)}</strong>
          </p>
          <Facts
            rows={[
              ...(slip.answerBy
                ? [[t('slips.answerBy'), <DateText at={slip.answerBy} />] as const]
                : []),
              [t('slips.community'), slip.communityName],
            ]}
          />
          {slip.deskTelephone && (
            <p>
              <ButtonAnchor kind="primary" href={`tel:${slip.deskTelephone}`}>
                {t('slips.call', { telephone: slip.deskTelephone })}
              </ButtonAnchor>
            </p>
          )}
          <p className="soft small">{t('slips.privacy')}</p>
        </section>
      )}
    </Loaded>
  );
}
