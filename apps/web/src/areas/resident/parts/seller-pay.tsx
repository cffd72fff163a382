import { formatYuan } from '@wennuan/basics';
import type { RouteOutput, RouteRequest, routes } from '@wennuan/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiRefusal } from '../../../shared/api/refusal.ts';
import { callWechat, payScene } from '../../../shared/pay.ts';
import { Button, RefusalNotice } from '../../../shared/ui/index.ts';

type Step = RouteOutput<typeof routes.sale.pay>;
export type SellerPaying = RouteRequest<typeof routes.sale.pay>['body'];

interface SellerPayProps {
  amountFen: number;
  /** Begins the payment; throws what is refused, which `refusal` then shows. */
  begin: (paying: SellerPaying) => Promise<Step>;
  busy: boolean;
  refusal: ApiRefusal | null | undefined;
}

/** Pays into the seller's own number: WeChat's window inside WeChat, its page on a phone, elsewhere a code to scan. */
export function SellerPay({ amountFen, begin, busy, refusal }: SellerPayProps) {
  const { t } = useTranslation('mall');
  const [qrSvg, setQrSvg] = useState<string | null>(null);
  const cameBack = useRef(false);
  const pay = async (payerCode?: string) => {
    const body = { scene: payScene(), ...(payerCode && { payerCode }) };
    const step = await begin(body).catch(() => null);
    if (step?.url) window.location.assign(step.url);
    if (step?.call) callWechat(step.call);
    setQrSvg(step?.qrSvg ?? null);
  };
  useEffect(() => {
    // WeChat sent her back with who she is: she goes on paying.
    const payerCode = new URLSearchParams(window.location.search).get('code');
    if (!payerCode || cameBack.current) return;
    cameBack.current = true;
    void pay(payerCode);
  });
  return (
    <>
      {refusal && <RefusalNotice refusal={refusal} />}
      {qrSvg && (
        <>
          <p>{t('payScan')}</p>
          <img
            src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`}
            alt={t('payScan')}
            width={220}
            height={220}
          />
        </>
      )}
      <Button kind="primary" wide busy={busy} onPress={() => void pay()}>
        {t('pay', { amount: formatYuan(amountFen) })}
      </Button>
    </>
  );
}
