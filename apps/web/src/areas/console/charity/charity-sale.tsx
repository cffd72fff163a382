import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, Facts, Loaded, Page, State } from '../../../shared/ui/index.ts';
import { Acts } from './acts.tsx';
import { charityTones } from './charity-sales.tsx';
import { MoneyPart } from './money.tsx';
import { Papers } from './papers.tsx';
import { Things } from './things.tsx';

export type CharitySale = RouteOutput<typeof routes.charitySale.read>;

/** A charity sale as the office works on it: what it is, what is to be done now, its things, its money. */
export function CharitySalePage() {
  const { saleId } = useParams({ from: '/desk/charity-sales/$saleId' });
  const { t } = useTranslation('console');
  const query = useRoute(routes.charitySale.read, { params: { saleId } });
  return (
    <Page title={query.data?.name ?? t('charity.title')} width="wide">
      <Loaded query={query} lines={8}>
        {(sale) => (
          <>
            <Head sale={sale} />
            <Acts sale={sale} />
            <Things sale={sale} />
            <MoneyPart sale={sale} />
            <Papers sale={sale} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Head({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const online = !sale.isOnline
    ? t('charity.onlineNo')
    : sale.state === 'open' && !sale.sellsOnline
      ? t('charity.onlineStopped')
      : t('charity.onlineYes');
  const { settled } = sale.proceeds;
  return (
    <>
      <p className="row">
        <State tone={charityTones[sale.state]}>{t(`charity.states.${sale.state}`)}</State>
        <span className="number">{sale.number}</span>
        {sale.result && (
          <Link to="/charity-sales/$number" params={{ number: sale.number }}>
            {t('charity.result.page')}
          </Link>
        )}
      </p>
      <Facts
        rows={[
          [t('charity.facts.purpose'), sale.purpose],
          [t('charity.target'), sale.target.name],
          [t('charity.days'), t('charity.daysOf', { from: sale.opensOn, until: sale.closesOn })],
          [t('charity.places'), sale.places.map((one) => one.name).join('、')],
          [t('charity.online'), online],
          [t('charity.facts.plannedBy'), sale.plannedBy ?? '—'],
          ...(sale.reason ? [[t('charity.facts.reason'), sale.reason] as const] : []),
          ...(sale.result
            ? [[t('charity.result.title'), <Published at={sale.result.publishedAt} />] as const]
            : []),
          ...(settled
            ? [
                [
                  t('charity.facts.settled'),
                  t('charity.facts.settledOf', { date: settled.paidOn, number: settled.number }),
                ] as const,
              ]
            : sale.state === 'closed' && sale.proceeds.proceedsFen > 0
              ? [[t('charity.facts.due'), <DateText at={sale.dueOn} />] as const]
              : []),
        ]}
      />
    </>
  );
}

function Published({ at }: { at: string }) {
  const { t } = useTranslation('console');
  return (
    <>
      {t('charity.result.published')} · <DateText at={at} />
    </>
  );
}
