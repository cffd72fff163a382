import { routes, type RouteOutput } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Loaded, Page } from '../../../shared/ui/index.ts';
import { LogFacts } from '../parts/log-facts.tsx';

type Catalogue = RouteOutput<typeof routes.open.openCatalogue>;

/** The open data: every table with its columns and addresses, the interface, and the log to check them against. */
export function OpenPage() {
  const { t } = useTranslation('public');
  const query = useRoute(routes.open.openCatalogue);
  return (
    <Page
      title={t('open.title')}
      description={t('open.description')}
      lead={t('open.lead')}
      width="wide"
    >
      <Loaded query={query}>{(catalogue) => <Tables catalogue={catalogue} />}</Loaded>
      <section className="stack-tight" aria-labelledby="interface">
        <h2 id="interface">{t('open.interface')}</h2>
        <ul className="plan">
          <li>
            <a href="/api/reference">{t('open.api')}</a>
            <p>{t('open.apiBody')}</p>
          </li>
          <li>
            <a href="/api/openapi.json">{t('open.spec')}</a>
            <p>{t('open.specBody')}</p>
          </li>
        </ul>
      </section>
      <LogFacts />
      <p>
        <Link to="/log">{t('log.more')}</Link>
      </p>
    </Page>
  );
}

function Tables({ catalogue }: { catalogue: Catalogue }) {
  const { t } = useTranslation('public');
  return (
    <section className="stack-tight" aria-labelledby="data">
      <h2 id="data">{t('open.data')}</h2>
      <p>
        {t('open.licence')} <a href={catalogue.licenceUrl}>{catalogue.licence}</a>
        {t('open.note')}
      </p>
      {catalogue.datasets.map((dataset) => (
        <article key={dataset.name} className="card stack-tight">
          <h3>{dataset.title}</h3>
          <p>{dataset.rows}</p>
          <p className="row">
            {dataset.addresses.map(({ format, path }) => (
              <a key={format} href={path}>
                <code>{path}</code>
              </a>
            ))}
          </p>
          <details>
            <summary>{t('open.columns')}</summary>
            <dl className="facts">
              {dataset.columns.map((column) => (
                <div key={column.name} className="facts-row">
                  <dt>
                    <code>{column.name}</code>
                  </dt>
                  <dd>{column.meaning}</dd>
                </div>
              ))}
            </dl>
          </details>
        </article>
      ))}
    </section>
  );
}
