import { routes } from '@wennuan/contract';
import { useParams, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { Loaded, Page } from '../../../shared/ui/index.ts';
import { PaymentWindow } from '../parts/payment-window.tsx';

/** The designated platform's cashier, played: pays, sends the signed notice, returns the giver. */
export function CashierPage() {
  const { t } = useTranslation('sandbox');
  const { orderId } = useParams({ from: '/sandbox/cashier/$orderId' });
  const router = useRouter();
  const query = useRoute(routes.donation.sandboxOrder, { params: { orderId } });
  const pay = useCall(routes.donation.sandboxPay);
  async function confirm() {
    const paid = await pay.send({ params: { orderId } }).catch(() => null);
    if (paid?.delivered) router.history.push(paid.returnPath);
  }
  const isOnItsWay = pay.done?.delivered === false;
  return (
    <Page title={t('cashier.title')} lead={<p>{t('cashier.lead')}</p>}>
      <Loaded query={query}>
        {({ projectName, ...order }) => (
          <PaymentWindow
            {...order}
            label={projectName}
            pay={pay}
            onPay={() => void confirm()}
            paidText={t(isOnItsWay ? 'cashier.waitingText' : 'cashier.paidText')}
          />
        )}
      </Loaded>
    </Page>
  );
}
