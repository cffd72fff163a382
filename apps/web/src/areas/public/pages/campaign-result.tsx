import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { DateText, Money, Notice, Page } from '../../../shared/ui/index.ts';
import { NewsArticle } from '../parts/campaign-news.tsx';
import { CampaignState } from '../parts/campaign-state.tsx';
import { Fault } from '../parts/fault.tsx';
import { PathLink } from '../parts/path-link.tsx';
import { useAsOf, wholeNumber } from '../parts/words.ts';

type Result = RouteOutput<typeof routes.campaign.result>;

/** What a campaign came to: in, done, left, and where the rest went by the filed rule. */
export function CampaignResultPage() {
  const { code } = useParams({ from: '/public/campaigns/$code/result' });
  const query = useRoute(routes.campaign.result, { params: { code } });
  return <Fault query={query}>{(result) => <Body result={result} />}</Fault>;
}

function Body({ result }: { result: Result }) {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  const { campaign } = result;
  return (
    <Page
      title={t('result.title', { name: campaign.name })}
      description={campaign.summary}
      lead={campaign.formSentence}
      aside={<CampaignState state={campaign.state} />}
      width="wide"
    >
      {campaign.state !== 'closed' && <Notice>{t('result.notYet')}</Notice>}
      <section className="stack-tight" aria-labelledby="sums">
        <h2 id="sums">{t('result.sums')}</h2>
        <Sums result={result} />
        <p className="soft small">
          {t('campaign.gifts', { many: wholeNumber(campaign.gifts) })} · {asOf(result.asOf)}
        </p>
      </section>
      {result.news && (
        <section className="stack-tight" aria-labelledby="done">
          <h2 id="done">{t('result.done')}</h2>
          <NewsArticle news={result.news} />
        </section>
      )}
      <Payments result={result} />
      <Rest result={result} />
      <p>
        <Link to="/campaigns/$code" params={{ code: campaign.code }}>
          {t('result.back')}
        </Link>
      </p>
    </Page>
  );
}

function Sums({ result }: { result: Result }) {
  const { t } = useTranslation('public');
  const paidFen = result.payments.reduce((sum, one) => sum + one.amountFen, 0);
  const restFen = result.remainders.reduce((sum, one) => sum + one.amountFen, 0);
  const rows = [
    ['gifts', result.giftsFen, 'done'],
    ['otherIn', result.otherInFen, 'done'],
    ['paid', paidFen, 'accent'],
    ['otherOut', result.otherOutFen, 'accent'],
    ['rest', restFen, 'calm'],
    ['left', result.leftFen, 'calm'],
  ] as const;
  return (
    <Bars
      label={t('result.sums')}
      headings={[t('funds.item'), t('funds.amount')]}
      bars={rows
        .filter(([key, fen]) => fen !== 0 || key === 'gifts' || key === 'left')
        .map(([key, fen, tone]) => ({
          key,
          label: t(`result.${key}`),
          value: fen,
          words: formatYuan(fen),
          tone,
        }))}
    />
  );
}

function Payments({ result }: { result: Result }) {
  const { t } = useTranslation('public');
  if (result.payments.length === 0) return null;
  return (
    <section className="stack-tight" aria-labelledby="payments">
      <h2 id="payments">{t('result.payments')}</h2>
      <table className="table-plain">
        <thead>
          <tr>
            <th scope="col">{t('payment.payee')}</th>
            <th scope="col" data-numeric>
              {t('result.times')}
            </th>
            <th scope="col" data-numeric>
              {t('payment.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {result.payments.map((one) => (
            <tr key={one.payee}>
              <td>{one.payee}</td>
              <td data-numeric>{wholeNumber(one.payments)}</td>
              <td data-numeric>
                <Money fen={one.amountFen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Rest({ result }: { result: Result }) {
  const { t } = useTranslation('public');
  return (
    <section className="stack-tight" aria-labelledby="rest">
      <h2 id="rest">{t('result.restTitle')}</h2>
      <p className="rule">{t('result.rule', { rule: result.remainderRule })}</p>
      {result.remainders.map((one) => (
        <p key={`${one.at}:${one.label}`}>
          <DateText at={one.at} /> · <Money fen={one.amountFen} /> →{' '}
          {one.link ? <PathLink to={one.link}>{one.label}</PathLink> : one.label}
        </p>
      ))}
      <p>{t('result.leftNow', { left: formatYuan(result.leftFen) })}</p>
    </section>
  );
}
