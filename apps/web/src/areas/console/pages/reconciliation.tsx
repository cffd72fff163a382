import { routes } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { ButtonLink, DateField, Loaded, Page } from '../../../shared/ui/index.ts';
import { ChannelBills } from '../payment/channel-bills.tsx';
import { Differences } from '../payment/differences.tsx';
import { Projects } from '../payment/projects.tsx';
import { ReconciliationPicture } from '../payment/reconciliation-picture.tsx';
import { StatementImport } from '../payment/statement-import.tsx';
import { StatementList } from '../payment/statement-list.tsx';

/** Platform, bill and ledger side by side; statements come in here. */
export function ReconciliationPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const { from, until } = useSearch({ from: '/desk/reconciliation' });
  const found = useRoute(routes.payment.reconciliation, { query: { from, until } });
  const statements = usePages(routes.payment.statements, { query: { limit: 50 } });
  const waiting = statements.items.filter((one) => one.state === 'read');
  return (
    <Page
      title={t('reconciliation.title')}
      lead={t('reconciliation.lead')}
      width="wide"
      aside={<ButtonLink to="/desk/incoming">{t('incoming.title')}</ButtonLink>}
    >
      {holds(session, 'incoming.write') && <StatementImport waiting={waiting} />}
      <section className="panel" aria-label={t('reconciliation.compare')}>
        <h2>{t('reconciliation.compare')}</h2>
        <Days from={from} until={until} />
        <Loaded query={found}>{(data) => <ReconciliationPicture data={data} />}</Loaded>
      </section>
      {found.data && <Differences data={found.data} />}
      <ChannelBills />
      <Projects />
      <StatementList statements={statements.items.filter((one) => one.state === 'imported')} />
    </Page>
  );
}

function Days({ from, until }: { from?: string; until?: string }) {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const pick = (days: { from?: string; until?: string }) =>
    void navigate({
      to: '/desk/reconciliation',
      search: { from: days.from || undefined, until: days.until || undefined },
      replace: true,
    });
  return (
    <div className="filters">
      <DateField
        name="from"
        label={t('reconciliation.fromDay')}
        value={from ?? ''}
        onChange={(day) => pick({ from: day, until })}
      />
      <DateField
        name="until"
        label={t('reconciliation.untilDay')}
        value={until ?? ''}
        onChange={(day) => pick({ from, until: day })}
      />
    </div>
  );
}
