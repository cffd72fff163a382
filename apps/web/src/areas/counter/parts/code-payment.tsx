import { routes } from '@wennuan/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callServer } from '../../../shared/api/client.ts';
import { asRefusal } from '../../../shared/api/refusal.ts';
import { Button } from '../../../shared/ui/index.ts';
import type { Line } from '../till/basket.ts';
import type { TillState } from '../till/store.ts';

const ASK_MILLIS = 2_000;
const ASKS_MOST = 15;

/** A payment by code: asked for with the code that was scanned; without one it was asked for before, and is asked about. */
export interface Asking {
  paymentId: string;
  amountFen: number;
  authCode?: string;
}

interface CodePaymentProps {
  till: TillState;
  lines: readonly Line[];
  asked: Asking;
  onPaid: () => void;
  onOver: (sentence: string) => void;
}

type Phase = 'asking' | 'paying' | 'unknown';

/** A payment by code: taken, waited for (用户付款中), asked about, or reversed; never taken twice for one sale. */
export function CodePayment(props: CodePaymentProps) {
  const { t } = useTranslation('counter');
  const { till, lines, asked: payment, onPaid, onOver } = props;
  const { paymentId, amountFen, authCode } = payment;
  const data = till.snapshot!.data;
  const tillId = data.till.id;
  const [phase, setPhase] = useState<Phase>('asking');
  const begun = useRef(false);
  const asked = useRef(0);

  const settle = (state: string) => {
    if (state === 'paid') return onPaid();
    if (state === 'reversed') return onOver(t('pay.reversed'));
    setPhase(state === 'paying' && asked.current < ASKS_MOST ? 'paying' : 'unknown');
  };
  const failed = (thrown: unknown) => {
    const refusal = asRefusal(thrown);
    if (refusal.passing) setPhase('unknown');
    else onOver(refusal.message);
  };
  const query = () => {
    asked.current += 1;
    const params = { tillId, paymentId };
    callServer(routes.counter.askCodePayment, { params }).then(
      ({ state }) => settle(state),
      failed,
    );
  };
  const reverse = () => {
    const params = { tillId, paymentId };
    callServer(routes.counter.reverseCodePayment, { params }).then(
      ({ state }) => settle(state),
      failed,
    );
  };
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const merchants = new Set(
      lines.map((line) => data.goods.find((good) => good.variantId === line.variantId)?.merchantId),
    );
    const [merchantId] = merchants;
    if (merchants.size !== 1 || !merchantId) return onOver(t('pay.severalMerchants'));
    if (till.practice) return onPaid();
    if (authCode === undefined) return query();
    const body = { id: paymentId, amountFen, merchantId, authCode };
    callServer(routes.counter.payByCode, { params: { tillId }, body }).then(
      ({ state }) => settle(state),
      failed,
    );
  });
  useEffect(() => {
    if (phase !== 'paying') return;
    const timer = setInterval(query, ASK_MILLIS);
    return () => clearInterval(timer);
  }, [phase]);
  return (
    <section className="till-narrow" role="status">
      <p>
        <strong>{t(phase === 'unknown' ? 'pay.unknownState' : 'pay.paying')}</strong>
      </p>
      <div className="form-actions">
        <Button onPress={query}>{t('pay.query')}</Button>
        <Button kind="danger" onPress={reverse}>
          {t('pay.reverse')}
        </Button>
      </div>
    </section>
  );
}
