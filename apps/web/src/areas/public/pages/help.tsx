import { routes, type RouteOutput } from '@wennuan/contract';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useBrand } from '../../../shared/session/district.ts';
import { Loaded, Notice, Page } from '../../../shared/ui/index.ts';

type Area = RouteOutput<typeof routes.place.areas>['areas'][number];

/** How to ask for help without a telephone of one's own: whom to call, where to go, who may ask instead. */
export function HelpPage() {
  const { t } = useTranslation('public');
  const brand = useBrand();
  const query = useRoute(routes.place.areas);
  return (
    <Page title={t('help.title')} description={t('help.description')} lead={t('help.lead')}>
      <Notice tone="warned">
        <strong>{t('help.urgent')}</strong>
      </Notice>
      <section className="stack-tight" aria-labelledby="how">
        <h2 id="how">{t('help.how')}</h2>
        <ul className="plan">
          {(['call', 'visit', 'other'] as const).map((way) => (
            <li key={way}>
              <strong>{t(`help.${way}`)}</strong>
              <p>{t(`help.${way}Body`)}</p>
            </li>
          ))}
        </ul>
        <p className="soft">{t('help.safe', { brand })}</p>
      </section>
      <section className="stack-tight" aria-labelledby="streets">
        <h2 id="streets">{t('help.choose')}</h2>
        <Loaded query={query}>{({ areas }) => <Streets areas={areas} />}</Loaded>
      </section>
    </Page>
  );
}

function Streets({ areas }: { areas: readonly Area[] }) {
  const { t } = useTranslation('public');
  const { street: opened } = useSearch({ from: '/public/help' });
  const streets = areas.filter((area) => area.level === 'street');
  if (streets.length === 0) return <p>{t('help.none')}</p>;
  return (
    <div className="streets">
      {streets.map((street) => (
        <details key={street.code} open={String(opened) === street.code} id={`s${street.code}`}>
          <summary>{street.name}</summary>
          <ul className="telephones">
            <Desk area={street} name={street.name} />
            {areas
              .filter((area) => area.parentCode === street.code)
              .map((area) => (
                <Desk key={area.code} area={area} name={area.name} />
              ))}
          </ul>
          <p>
            <Link to="/wall" search={{ street: Number(street.code) }}>
              {t('help.wishes')}
            </Link>
          </p>
        </details>
      ))}
    </div>
  );
}

function Desk({ area, name }: { area: Area; name: string }) {
  const { t } = useTranslation('public');
  return (
    <li>
      <span>{name}</span>
      {area.deskTelephone ? (
        <a className="number" href={`tel:${area.deskTelephone}`}>
          <span className="visually-hidden">{name} </span>
          {area.deskTelephone}
        </a>
      ) : (
        <span className="soft">{t('help.noNumber')}</span>
      )}
    </li>
  );
}
