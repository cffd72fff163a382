import { routes } from '@wennuan/contract';
import { useParams, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { Loaded, Page } from '../../../shared/ui/index.ts';
import { PaymentWindow } from '../parts/payment-window.tsx';

/** WeChat's own payment window, played: pays, and WeChat Pay's signed notice comes in. */
export function WechatPage() {
  const { t } = useTranslation('sandbox');
  const { orderNumber } = useParams({ from: '/sandbox/wechat/$orderNumber' });
  const router = useRouter();
  const query = useRoute(routes.payment.sandboxWechatOrder, { params: { orderNumber } });
  const pay = useCall(routes.payment.sandboxWechatPay);
  async function confirm() {
    const paid = await pay.send({ params: { orderNumber } }).catch(() => null);
    if (paid) router.history.push(paid.returnPath);
  }
  return (
    <Page title={t('wechat.title')} lead={<p>{t('wechat.lead')}</p>}>
      <Loaded query={query}>
        {({ product, ...order }) => (
          <PaymentWindow {...order} label={product} pay={pay} onPay={() => void confirm()} />
        )}
      </Loaded>
    </Page>
  );
}
