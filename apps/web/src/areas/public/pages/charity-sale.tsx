import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { dateWords, Notice, Page, State } from '../../../shared/ui/index.ts';
import { Fault } from '../parts/fault.tsx';
import { useAsOf } from '../parts/words.ts';

type Sale = RouteOutput<typeof routes.charitySale.publicOne>;

/** A charity sale: what was given, what it brought, where that is; its result once it is over. */
export function CharitySalePage() {
  const { number } = useParams({ from: '/public/charity-sales/$number' });
  const query = useRoute(routes.charitySale.publicOne, { params: { number } });
  return <Fault query={query}>{(sale) => <Body sale={sale} />}</Fault>;
}

function Body({ sale }: { sale: Sale }) {
  const { t, i18n } = useTranslation('public');
  const asOf = useAsOf();
  return (
    <Page
      title={sale.name}
      description={sale.purpose}
      lead={t('charitySales.goesTo', { target: sale.target.name })}
      aside={
        <State tone={sale.state === 'open' ? 'accent' : 'done'}>
          {t(`charitySales.states.${sale.state === 'open' ? 'open' : 'closed'}`)}
        </State>
      }
      width="wide"
    >
      <section className="stack-tight" aria-labelledby="told">
        <h2 id="told">{t(sale.result ? 'charitySales.result' : 'charitySales.told')}</h2>
        {sale.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {sale.result && (
          <p className="soft small">
            {t('charitySales.published', {
              at: dateWords(sale.result.publishedAt, i18n.language),
            })}
          </p>
        )}
      </section>
      <MoneyBars sale={sale} />
      <section className="stack-tight" aria-labelledby="where">
        <h2 id="where">{t('charitySales.purpose')}</h2>
        <p>{sale.purpose}</p>
        <h2>{t('charitySales.places')}</h2>
        <ul>
          {sale.places.map((place) => (
            <li key={place.id}>
              {place.name} <span className="soft">{place.address}</span>
            </li>
          ))}
        </ul>
        <p>{t(sale.isOnline ? 'charitySales.online' : 'charitySales.stationOnly')}</p>
      </section>
      <ThingTable sale={sale} />
      <Notice>{t('charitySales.buyer')}</Notice>
      <p className="soft small">
        <span className="number">{sale.number}</span> · {asOf(sale.asOf)} ·{' '}
        <Link to="/charity-sales">{t('charitySales.all')}</Link>
      </p>
    </Page>
  );
}

function MoneyBars({ sale }: { sale: Sale }) {
  const { t } = useTranslation('public');
  const { proceeds, target } = sale;
  const rows = [
    ['gross', proceeds.grossFen, 'calm'],
    ['refunded', proceeds.refundedFen, 'late'],
    ['net', proceeds.proceedsFen, 'accent'],
    ['arrived', proceeds.settled?.netFen ?? 0, 'done'],
  ] as const;
  return (
    <section className="stack-tight" aria-labelledby="money">
      <h2 id="money">{t('charitySales.money')}</h2>
      <Bars
        label={t('charitySales.money')}
        headings={[t('charitySales.money'), t('charitySales.brought')]}
        bars={rows
          .filter(([key, fen]) => fen > 0 || key !== 'refunded')
          .map(([key, fen, tone]) => ({
            key,
            label: t(`charitySales.${key}`, { target: target.name }),
            value: fen,
            words: formatYuan(fen),
            tone,
          }))}
      />
      <p>
        {target.kind === 'fund' ? (
          <Link to="/funds/$code" params={{ code: target.code }}>
            {t('charitySales.toFund')}
          </Link>
        ) : (
          <Link to="/campaigns/$code" params={{ code: target.code }}>
            {t('charitySales.toFund')}
          </Link>
        )}
      </p>
    </section>
  );
}

function ThingTable({ sale }: { sale: Sale }) {
  const { t } = useTranslation('public');
  const counts = ['offered', 'sold', 'left'] as const;
  return (
    <section className="stack-tight" aria-labelledby="things">
      <h2 id="things">{t('charitySales.things')}</h2>
      {sale.things.length === 0 && <p>{t('charitySales.nothing')}</p>}
      {sale.things.length > 0 && (
        <table className="table table-stacks">
          <thead>
            <tr>
              <th>{t('charitySales.thing')}</th>
              <th>{t('charitySales.donor')}</th>
              <th data-numeric>{t('charitySales.price')}</th>
              {counts.map((name) => (
                <th key={name} data-numeric>
                  {t(`charitySales.${name}`)}
                </th>
              ))}
              <th data-numeric>{t('charitySales.brought')}</th>
            </tr>
          </thead>
          <tbody>
            {sale.things.map((thing) => (
              <tr key={thing.variantId}>
                <th scope="row">{thing.title}</th>
                <td data-label={t('charitySales.donor')}>{thing.donorName}</td>
                <td data-numeric data-label={t('charitySales.price')}>
                  {formatYuan(thing.priceFen)}
                </td>
                {counts.map((name) => (
                  <td key={name} data-numeric data-label={t(`charitySales.${name}`)}>
                    {thing[name]} {thing.unit}
                  </td>
                ))}
                <td data-numeric data-label={t('charitySales.brought')}>
                  {formatYuan(thing.proceedsFen)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
