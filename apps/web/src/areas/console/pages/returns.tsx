import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Button,
  Dialog,
  EmptyState,
  Facts,
  Money,
  Page,
  RefusalNotice,
  say,
  State,
} from '../../../shared/ui/index.ts';
import { Agree, AgreeSteps } from '../books/agree.tsx';
import { ReturnForm } from '../books/return-form.tsx';
import { agreedTones, refundTones } from '../books/tones.ts';
import { PaymentForm } from '../parts/payment-form.tsx';
import { useSend } from '../parts/send.ts';

type Return = RouteOutput<typeof routes.payout.returns>['items'][number];

/** Gifts that go back: on which ground, who agreed, and whether the money is back. */
export function ReturnsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const [paying, setPaying] = useState<Return | null>(null);
  const returns = usePages(routes.payout.returns, { query: { limit: 50 } });
  return (
    <Page
      title={t('books.returns.title')}
      lead={t('books.returns.lead')}
      aside={
        holds(session, 'refund.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('books.returns.propose')}
          </Button>
        )
      }
    >
      {adding && <ReturnForm onDone={() => setAdding(false)} />}
      <Listed
        list={returns}
        lines={4}
        empty={
          <EmptyState title={t('books.returns.emptyTitle')}>
            <p>{t('books.returns.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) =>
          items.map((one) => <ReturnCard key={one.id} one={one} onPay={() => setPaying(one)} />)
        }
      </Listed>
      {paying && <ReturnPayment one={paying} onClose={() => setPaying(null)} />}
    </Page>
  );
}

function ReturnCard({ one, onPay }: { one: Return; onPay: () => void }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel" aria-label={one.number}>
      <h2 className="row">
        {one.number}
        <State tone={agreedTones[one.state]}>{t(`books.returns.states.${one.state}`)}</State>
      </h2>
      <Facts
        rows={[
          [t('books.returns.gift'), one.giftNumber],
          [t('books.returns.target'), one.targetLabel],
          [t('books.returns.amount'), <Money fen={one.amountFen} />],
          [t('books.returns.ground'), t(`books.returns.grounds.${one.ground}`)],
          [t('books.returns.note'), <span className="pre">{one.note}</span>],
          [t('books.agree.steps'), <AgreeSteps of={one} />],
        ]}
      />
      <Agree of={one} name={one.number} what="decideReturn" />
      {one.refund && <Refund of={one.refund} />}
      {one.mayRefund && <OrderRefund one={one} />}
      {one.mayPay && (
        <Button
          kind={one.mayRefund ? 'secondary' : 'primary'}
          label={t('books.returns.payFor', { number: one.number })}
          onPress={onPay}
        >
          {t('books.returns.pay')}
        </Button>
      )}
    </section>
  );
}

/** How the refund stands at its channel: what is not known is said. */
function Refund({ of }: { of: NonNullable<Return['refund']> }) {
  const { t } = useTranslation('console');
  return (
    <div className="stack-tight">
      <h3 className="row">
        {t('books.returns.refundTitle')}
        <State tone={refundTones[of.state]}>
          {t(`books.returns.refundStates.${of.state}`, { reason: of.reason ?? '' })}
        </State>
      </h3>
      <Facts
        rows={[
          [of.channelName, <Money fen={of.amountFen} />],
          [t('books.returns.refundNumber'), <code>{of.number}</code>],
          [t('books.returns.refundTries'), of.tries],
        ]}
      />
    </div>
  );
}

function OrderRefund({ one }: { one: Return }) {
  const { t } = useTranslation('console');
  const order = useSend(routes.payout.refundReturn);
  return (
    <div className="stack-tight">
      {one.refund && <p className="soft small">{t('books.returns.refundSame')}</p>}
      <Button
        kind="primary"
        busy={order.busy}
        label={t('books.returns.refundFor', { number: one.number })}
        onPress={() =>
          order.run({ params: { returnId: one.id } }, () => say(t('books.returns.refundAsked')))
        }
      >
        {one.refund ? t('books.returns.refundAgain') : t('books.returns.refund')}
      </Button>
      {order.refusal && <RefusalNotice refusal={order.refusal} />}
    </div>
  );
}

function ReturnPayment({ one, onClose }: { one: Return; onClose: () => void }) {
  const { t } = useTranslation('console');
  const pay = useSend(routes.payout.payReturn);
  return (
    <Dialog title={t('books.returns.payFor', { number: one.number })} open onClose={onClose}>
      <PaymentForm
        send={t('books.returns.pay')}
        call={pay}
        onSend={(body) =>
          pay.run({ params: { returnId: one.id }, body }, () => {
            say(t('books.returns.paid'));
            onClose();
          })
        }
      />
    </Dialog>
  );
}
