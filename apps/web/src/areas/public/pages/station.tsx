import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { dayWords, Facts, Loaded, Money, monthWords, Page } from '../../../shared/ui/index.ts';

type Month = RouteOutput<typeof routes.settlement.month>;

/** A station's month for everybody: sales by day and kind, and what of them merchants give. */
export function StationPage() {
  const params = useParams({ from: '/public/stations/$placeId/$month' });
  const { t, i18n } = useTranslation('public');
  const query = useRoute(routes.settlement.month, { params });
  return (
    <Page
      title={
        query.data
          ? t('station.of', {
              place: query.data.placeName,
              month: monthWords(query.data.month, i18n.language),
            })
          : t('station.title')
      }
      lead={<p>{t('station.lead')}</p>}
    >
      <Loaded query={query} lines={8}>
        {(month) => <MonthView month={month} placeId={params.placeId} />}
      </Loaded>
    </Page>
  );
}

function MonthView({ month, placeId }: { month: Month; placeId: string }) {
  const { t, i18n } = useTranslation('public');
  return (
    <>
      <nav className="state-filter" aria-label={t('station.months')}>
        {month.months.map((one) => (
          <Link
            key={one}
            to="/stations/$placeId/$month"
            params={{ placeId, month: one }}
            aria-current={one === month.month ? 'page' : undefined}
          >
            {monthWords(one, i18n.language)}
          </Link>
        ))}
      </nav>
      <Facts
        rows={[
          [t('station.orders'), t('station.orderCount', { count: month.orders })],
          [t('station.sold'), <Money fen={month.goodsFen} />],
          [t('station.share'), <Money fen={month.shareFen} />],
          [t('station.given'), <Money fen={month.givenFen} />],
          [
            t('station.voucher'),
            month.voucherFen === null ? t('station.few') : <Money fen={month.voucherFen} />,
          ],
          ...(month.fundCode
            ? [
                [
                  t('station.fund'),
                  <Link to="/funds/$code" params={{ code: month.fundCode }}>
                    {month.fundName}
                  </Link>,
                ] as const,
              ]
            : []),
        ]}
      />
      <h2>{t('station.merchants')}</h2>
      <Bars
        label={t('station.merchants')}
        headings={[t('station.merchant'), t('station.share')]}
        bars={month.merchants.map((one) => ({
          key: one.name,
          label: `${one.name} · ${t(`station.states.${one.state}`)}`,
          value: one.shareFen,
          words: formatYuan(one.shareFen),
          tone: one.state === 'paid' ? 'done' : 'accent',
        }))}
      />
      <h2>{t('station.kinds')}</h2>
      <Bars
        label={t('station.kinds')}
        headings={[t('station.kind'), t('station.sold')]}
        bars={month.kinds.map((one) => ({
          key: one.category,
          label: kindWords(t, one.category),
          value: one.goodsFen,
          words: formatYuan(one.goodsFen),
        }))}
      />
      <h2>{t('station.days')}</h2>
      <Bars
        label={t('station.days')}
        headings={[t('station.day'), t('station.sold')]}
        bars={month.days.map((one) => ({
          key: one.day,
          label: dayWords(one.day, i18n.language),
          value: one.goodsFen,
          words: formatYuan(one.goodsFen),
          tone: 'calm',
        }))}
      />
    </>
  );
}

type Translate = ReturnType<typeof useTranslation<'public'>>['t'];
const kinds = ['grain_oil', 'fresh', 'snack', 'drink', 'household', 'care', 'clothing'] as const;

function kindWords(t: Translate, category: string): string {
  const known = kinds.find((one) => one === category);
  return known ? t(`station.goods.${known}`) : t('station.goods.other');
}
