import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  type CallState,
  Card,
  Money,
  Notice,
  RefusalNotice,
} from '../../../shared/ui/index.ts';

interface PaymentWindowProps {
  /** What is paid for, and how much. */
  label: string;
  amountFen: number;
  /** Where the payer goes afterwards, or when she thinks better of it. */
  returnPath: string;
  state: 'waiting' | 'paid' | 'cancelled';
  pay: CallState;
  onPay: () => void;
  /** What is said once it is paid. */
  paidText?: ReactNode;
}

/** A channel's payment window, played: what is paid for, and one button. */
export function PaymentWindow(props: PaymentWindowProps) {
  const { t } = useTranslation('sandbox');
  const router = useRouter();
  const { pay, state } = props;
  const back = () => router.history.push(props.returnPath);
  return (
    <>
      <Card raised>
        <p className="soft">{t('cashier.project')}</p>
        <h2>{props.label}</h2>
        <p className="soft">{t('cashier.amount')}</p>
        <p className="cashier-amount">
          <Money fen={props.amountFen} />
        </p>
      </Card>
      {pay.refusal && <RefusalNotice refusal={pay.refusal} />}
      {state === 'cancelled' && <Notice>{t('cashier.cancelled')}</Notice>}
      {state === 'paid' && (
        <Notice tone="done" title={t('cashier.paid')}>
          {props.paidText && <p>{props.paidText}</p>}
          <p>
            <Button kind="primary" onPress={back}>
              {t('cashier.see')}
            </Button>
          </p>
        </Notice>
      )}
      {state === 'waiting' && (
        <>
          <Button kind="primary" wide busy={pay.busy} onPress={props.onPay}>
            {t('cashier.pay')}
          </Button>
          <Button kind="quiet" onPress={back}>
            {t('cashier.cancel')}
          </Button>
        </>
      )}
    </>
  );
}
