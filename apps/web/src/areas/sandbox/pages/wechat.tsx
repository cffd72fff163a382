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

/** WeChat's own payment window, played: pays, and WeChat Pay's signed notice comes in. */
export function WechatPage() {
  const { t } = useTranslation('sandbox');
  const { orderNumber } = useParams({ from: '/sandbox/wechat/$orderNumber' });
  const router = useRouter();
  const query = useRoute(routes.payment.sandboxWechatOrder, { params: { orderNumber } });
  const pay = useCall(routes.payment.sandboxWechatPay);
  const back = (path: string) => router.history.push(path);
  async function confirm() {
    const paid = await pay.send({ params: { orderNumber } }).catch(() => null);
    if (paid) back(paid.returnPath);
  }
  return (
    <Page title={t('wechat.title')} lead={<p>{t('wechat.lead')}</p>}>
      <Loaded query={query}>
        {(order) => (
          <>
            <Card raised>
              <p className="soft">{t('cashier.project')}</p>
              <h2>{order.product}</h2>
              <p className="soft">{t('cashier.amount')}</p>
              <p className="cashier-amount">
                <Money fen={order.amountFen} />
              </p>
            </Card>
            {pay.refusal && <RefusalNotice refusal={pay.refusal} />}
            {order.isPaid ? (
              <Notice tone="done" title={t('cashier.paid')}>
                <p>
                  <Button kind="primary" onPress={() => back(order.returnPath)}>
                    {t('cashier.see')}
                  </Button>
                </p>
              </Notice>
            ) : (
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
