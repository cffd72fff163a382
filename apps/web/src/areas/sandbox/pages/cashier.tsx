import { routes } from '@wennuan/contract';
import { useParams, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  Card,
  Loaded,
  Money,
  Notice,
  Page,
  RefusalNotice,
} from '../../../shared/ui/index.ts';

/** The designated platform's cashier, played: pays, sends the signed notice, returns the giver. */
export function CashierPage() {
  const { t } = useTranslation('sandbox');
  const { orderId } = useParams({ from: '/sandbox/cashier/$orderId' });
  const router = useRouter();
  const query = useRoute(routes.donation.sandboxOrder, { params: { orderId } });
  const pay = useCall(routes.donation.sandboxPay);
  const back = (path: string) => router.history.push(path);
  async function confirm() {
    const paid = await pay.send({ params: { orderId } }).catch(() => null);
    if (paid?.delivered) back(paid.returnPath);
  }
  return (
    <Page title={t('cashier.title')} lead={<p>{t('cashier.lead')}</p>}>
      <Loaded query={query}>
        {(order) => (
          <>
            <Card raised>
              <p className="soft">{t('cashier.project')}</p>
              <h2>{order.projectName}</h2>
              <p className="soft">{t('cashier.amount')}</p>
              <p className="cashier-amount">
                <Money fen={order.amountFen} />
              </p>
            </Card>
            {pay.refusal && <RefusalNotice refusal={pay.refusal} />}
            {order.state === 'cancelled' && <Notice>{t('cashier.cancelled')}</Notice>}
            {order.state === 'paid' && (
              <Notice tone="done" title={t('cashier.paid')}>
                <p>
                  {t(pay.done?.delivered === false ? 'cashier.waitingText' : 'cashier.paidText')}
                </p>
                <p>
                  <Button kind="primary" onPress={() => back(order.returnPath)}>
                    {t('cashier.see')}
                  </Button>
                </p>
              </Notice>
            )}
            {order.state === 'waiting' && (
              <>
                <Button kind="primary" wide busy={pay.busy} onPress={() => void confirm()}>
                  {t('cashier.pay')}
                </Button>
                <Button kind="quiet" onPress={() => back(order.returnPath)}>
                  {t('cashier.cancel')}
                </Button>
              </>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
