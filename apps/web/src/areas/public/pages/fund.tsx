import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useSession } from '../../../shared/session/session.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { ButtonLink, dateWords, Facts, monthWords, Page } from '../../../shared/ui/index.ts';
import { SubjectDisclosures } from '../parts/duty-calendar.tsx';
import { Fault } from '../parts/fault.tsx';
import { GiveForm } from '../parts/give-form.tsx';
import { MoneyBars } from '../parts/money-bars.tsx';
import { MonthBars } from '../parts/month-bars.tsx';
import { PathLink } from '../parts/path-link.tsx';
import { useAsOf } from '../parts/words.ts';

type FundView = RouteOutput<typeof routes.fund.publicFund>;

/** One fund: in, out, balance, month by month, movement by movement; nobody in hardship is named. */
export function FundPage() {
  const { code } = useParams({ from: '/public/funds/$code' });
  const search = useSearch({ from: '/public/funds/$code' });
  const query = useRoute(routes.fund.publicFund, {
    params: { code },
    query: { ...search, limit: 30 },
  });
  return <Fault query={query}>{(view) => <FundBody view={view} after={search.after} />}</Fault>;
}

function FundBody({ view, after }: { view: FundView; after: string | undefined }) {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  const { fund } = view;
  const description = t('fund.description', {
    name: fund.name,
    in: formatYuan(fund.inFen),
    out: formatYuan(fund.outFen),
    balance: formatYuan(fund.balanceFen),
  });
  return (
    <Page
      title={fund.name}
      description={description}
      lead={[t(`funds.kind.${fund.kind}`), fund.area?.name].filter(Boolean).join(' · ')}
      width="wide"
    >
      <p className="legal">{view.formSentence}</p>
      <Agreement view={view} />
      <div className="two-columns">
        <section className="stack-tight" aria-labelledby="money">
          <h2 id="money">{t('campaign.money')}</h2>
          <MoneyBars {...fund} />
          <p className="soft small">{asOf(fund.asOf)}</p>
        </section>
        <section className="stack-tight" aria-labelledby="months">
          <h2 id="months">{t('fund.months')}</h2>
          <MonthBars name={fund.name} months={view.byMonth} />
        </section>
      </div>
      <Aid view={view} />
      <MutualAid fund={fund} />
      <SubjectDisclosures code={fund.code} />
      <Movements view={view} after={after} />
    </Page>
  );
}

/** What a special fund stands on: with whom, for what, and where the rest goes. */
function Agreement({ view }: { view: FundView }) {
  const { t, i18n } = useTranslation('public');
  const { agreement } = view;
  if (!agreement) return null;
  return (
    <section className="card" aria-labelledby="agreement">
      <h2 id="agreement">{t('fundMore.agreement')}</h2>
      <Facts
        rows={[
          [t('fundMore.partner'), agreement.partnerName],
          [t('fundMore.number'), agreement.agreementNumber],
          [t('fundMore.agreedOn'), dateWords(agreement.agreedOn, i18n.language, false)],
          [t('fundMore.purpose'), agreement.purpose],
          [t('campaign.remainder'), agreement.remainderRule],
        ]}
      />
    </section>
  );
}

/** Aid to persons: what was set aside in round sums, and where it helped, wherever five share it. */
function Aid({ view }: { view: FundView }) {
  const { t, i18n } = useTranslation('public');
  if (view.setAsideFen === 0 && view.aid.length === 0) return null;
  return (
    <section className="stack-tight" aria-labelledby="aid">
      <h2 id="aid">{t('fundMore.aid')}</h2>
      <p>{t('fundMore.setAside', { amount: formatYuan(view.setAsideFen) })}</p>
      {view.aid.length > 0 && (
        <Bars
          label={t('fundMore.aid')}
          headings={[t('fundMore.where'), t('funds.amount')]}
          bars={view.aid.map((cell) => ({
            key: `${cell.period}:${cell.place}`,
            label: [monthWords(cell.period, i18n.language), cell.place].filter(Boolean).join(' '),
            value: cell.amountFen,
            words: formatYuan(cell.amountFen),
          }))}
        />
      )}
    </section>
  );
}

/** Mutual aid is of the community's own residents: only who is signed in as one finds the form. */
function MutualAid({ fund }: { fund: FundView['fund'] }) {
  const { t } = useTranslation('public');
  const { session } = useSession();
  if (fund.kind !== 'mutual_aid' || session?.activeRole !== 'resident') return null;
  if (session.area && session.area.code !== fund.area?.code) return null;
  return (
    <section className="card way" aria-labelledby="mutual-aid">
      <h2 id="mutual-aid">{t('fund.aid')}</h2>
      <p>{t('fund.aidLead')}</p>
      <GiveForm
        target={{ kind: 'fund', id: fund.id }}
        leftFen={null}
        remainderRule={t('fund.aidRule')}
      />
    </section>
  );
}

function Movements({ view, after }: { view: FundView; after: string | undefined }) {
  const { t } = useTranslation('public');
  const { items, next } = view.movements;
  const { code } = view.fund;
  return (
    <section className="stack-tight" aria-labelledby="movements">
      <h2 id="movements">{t('fund.movements')}</h2>
      <p className="soft">{t('fund.movementsLead')}</p>
      {items.length === 0 && <p>{t('fund.none')}</p>}
      <ul className="movements">
        {items.map((movement) => (
          <Movement key={movement.id} movement={movement} />
        ))}
      </ul>
      <nav className="row" aria-label={t('more')}>
        {after !== undefined && (
          <ButtonLink to="/funds/$code" params={{ code }}>
            {t('first')}
          </ButtonLink>
        )}
        {next && (
          <ButtonLink to="/funds/$code" params={{ code }} search={{ after: next }}>
            {t('more')}
          </ButtonLink>
        )}
      </nav>
    </section>
  );
}

function Movement({ movement }: { movement: FundView['movements']['items'][number] }) {
  const { t, i18n } = useTranslation('public');
  const { direction, label, link, counterparty, amountFen, at } = movement;
  return (
    <li data-direction={direction}>
      <span className="movement-what">
        <strong>{link ? <PathLink to={link}>{label}</PathLink> : label}</strong>
        <span className="soft small">
          {counterparty} · <time dateTime={at}>{dateWords(at, i18n.language)}</time>
        </span>
      </span>
      <span className="movement-amount number">
        <span className="soft small">{t(direction === 'in' ? 'fund.in' : 'fund.out')}</span>{' '}
        {direction === 'in' ? '+' : '−'}
        {formatYuan(amountFen)}
      </span>
    </li>
  );
}
