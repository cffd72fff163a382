import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, Facts, Money, Page } from '../../../shared/ui/index.ts';
import { Fault } from '../parts/fault.tsx';
import { GiversTable } from '../parts/givers-table.tsx';
import { TraceView } from '../parts/trace-view.tsx';
import { wholeNumber } from '../parts/words.ts';

type PaymentView = RouteOutput<typeof routes.fund.publicPayment>;

/** A payment, backwards: which gifts paid it. */
export function PaymentPage() {
  const { number } = useParams({ from: '/public/payments/$number' });
  const query = useRoute(routes.fund.publicPayment, { params: { number } });
  return <Fault query={query}>{(payment) => <PaymentBody payment={payment} />}</Fault>;
}

function PaymentBody({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('public');
  const amount = formatYuan(payment.amountFen);
  return (
    <Page
      title={t('payment.title', { number: payment.number })}
      description={t('payment.description')}
      lead={t('payment.lead')}
      width="wide"
    >
      <Facts
        rows={[
          [t('payment.purpose'), payment.label],
          [t('payment.payee'), payment.payee],
          [t('payment.amount'), <Money fen={payment.amountFen} />],
          [t('payment.at'), <DateText at={payment.at} />],
        ]}
      />
      <section className="stack-tight" aria-labelledby="path">
        <h2 id="path">{t('payment.path')}</h2>
        <TraceView trace={payment.trace} label={t('payment.pathOf', { amount })} />
      </section>
      <Givers payment={payment} />
    </Page>
  );
}

function Givers({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('public');
  return (
    <section className="stack-tight" aria-labelledby="givers">
      <h2 id="givers">{t('payment.givers')}</h2>
      <p className="soft">{t('payment.giversLead')}</p>
      {payment.givers.length === 0 ? (
        <p>{t('payment.none')}</p>
      ) : (
        <GiversTable gifts={payment.givers} />
      )}
      {payment.giversMore > 0 && (
        <p className="soft">{t('payment.giversMore', { many: wholeNumber(payment.giversMore) })}</p>
      )}
    </section>
  );
}
