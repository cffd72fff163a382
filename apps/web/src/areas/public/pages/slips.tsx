import { routes } from '@wennuan/contract';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  ButtonAnchor,
  DateText,
  Facts,
  Loaded,
  Notice,
  Page,
  RefusalNotice,
  State,
} from '../../../shared/ui/index.ts';
import { CodeForm } from '../parts/code-form.tsx';

/** Asks for the code on a slip. */
export function SlipsPage() {
  const { t } = useTranslation('public');
  const { code } = useSearch({ from: '/public/slips' });
  const navigate = useNavigate();
  return (
    <Page title={t('slips.title')} description={t('slips.description')} lead={t('slips.lead')}>
      <CodeForm
        action="/slips"
        label={t('slips.code')}
        hint={t('slips.codeHint')}
        look={t('slips.look')}
        code={code ?? ''}
        onLook={(wanted) => void navigate({ to: '/slips', search: { code: wanted } })}
      />
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
