import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Button, Figure, Notice, Page, RefusalNotice, Skeleton } from '../../../shared/ui/index.ts';

/** The ledger's own checks, run now: what was checked and what was found. */
export function LedgerPage() {
  const { t } = useTranslation('console');
  const check = useRoute(routes.fund.checkLedger);
  const running = check.isFetching;
  return (
    <Page
      title={t('ledger.title')}
      lead={t('ledger.lead')}
      aside={
        <Button kind="primary" busy={running} onPress={() => void check.refetch()}>
          {t('ledger.run')}
        </Button>
      }
    >
      <div role="status">{running && <p className="soft">{t('ledger.running')}</p>}</div>
      {check.data ? (
        <Result result={check.data} />
      ) : check.error ? (
        <RefusalNotice refusal={check.error} onRetry={() => void check.refetch()} />
      ) : (
        <Skeleton lines={4} />
      )}
      <p>
        <Link to="/funds">{t('ledger.funds')}</Link>
      </p>
    </Page>
  );
}

function Result({ result }: { result: RouteOutput<typeof routes.fund.checkLedger> }) {
  const { t, i18n } = useTranslation('console');
  const fine = result.findings.length === 0;
  return (
    <>
      <section className="panel">
        <Figure
          value={new Intl.NumberFormat(i18n.language).format(result.transfers)}
          unit={t('ledger.unit')}
          label={t('ledger.transfers')}
          asOf={result.asOf}
        />
      </section>
      <Notice
        tone={fine ? 'done' : 'late'}
        title={fine ? t('ledger.fine') : t('ledger.findings', { count: result.findings.length })}
      />
      {!fine && (
        <section className="panel">
          <table className="table-plain">
            <caption className="visually-hidden">{t('ledger.findingsTable')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('ledger.check')}</th>
                <th scope="col">{t('ledger.detail')}</th>
              </tr>
            </thead>
            <tbody>
              {result.findings.map((finding) => (
                <tr key={finding.check + finding.detail}>
                  <th scope="row">{finding.check}</th>
                  <td>{finding.detail}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
