import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { Page } from '../../../shared/ui/index.ts';
import { LogFacts } from '../parts/log-facts.tsx';

const data = [
  ['wishes', addressOf(routes.need.wall)],
  ['campaigns', addressOf(routes.donation.campaigns)],
  ['funds', addressOf(routes.fund.publicFunds)],
  ['responses', addressOf(routes.need.responses)],
  ['areas', addressOf(routes.place.areas)],
] as const;

/** Where the same figures can be fetched and counted again. */
export function OpenPage() {
  const { t } = useTranslation('public');
  return (
    <Page title={t('open.title')} description={t('open.description')} lead={t('open.lead')}>
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
      <section className="stack-tight" aria-labelledby="data">
        <h2 id="data">{t('open.data')}</h2>
        <table className="table-plain">
          <thead>
            <tr>
              <th scope="col">{t('open.what')}</th>
              <th scope="col">{t('open.address')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map(([name, address]) => (
              <tr key={name}>
                <th scope="row">{t(`open.${name}`)}</th>
                <td>
                  <a href={address}>
                    <code>{address}</code>
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="soft">{t('open.note')}</p>
      </section>
      <LogFacts />
    </Page>
  );
}
