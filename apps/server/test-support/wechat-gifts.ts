import { fixedClock, newId, type Id } from '@wennuan/basics';
import { NO_CHANNELS, type PaymentConfig } from '../src/modules/payment/index.ts';
import { wechatGateway } from './gateways/wechat.ts';

/** A district whose own page takes gifts over WeChat Pay, and WeChat Pay itself behind a socket. */
export async function withWechat<District extends { close(): Promise<void> }>(
  open: (channels: PaymentConfig) => Promise<District>,
) {
  const gateway = await wechatGateway(fixedClock('2026-11-23T09:00:00+08:00'), 'public_key');
  const district = await open({
    ...NO_CHANNELS,
    siteUrl: 'https://warm.example',
    ownPage: true,
    wechat: gateway.settings,
  });
  return {
    gateway,
    district,
    async close() {
      await district.close();
      await gateway.close();
    },
  };
}

/** A gift to a campaign over WeChat Pay by somebody who gives no name, as its form sends it. */
export const wechatGift = (campaignId: Id, amountYuan: string) => ({
  target: { kind: 'campaign' as const, id: campaignId },
  amountYuan,
  name: {
    displayName: null,
    hideFromPublic: true,
    hideFromRecipient: true,
    hideFromStaff: false,
  },
  formId: newId(),
  channel: 'wechat' as const,
});
