import type { Clock } from '@wennuan/basics';
import {
  createWechatGateway,
  WECHAT_APP,
  WECHAT_MERCHANT,
} from '../../src/modules/payment/index.ts';
import { selfSigned } from './certificate.ts';
import { openGateway } from './http.ts';

export { WECHAT_APP, WECHAT_MERCHANT };
export type WechatGateway = Awaited<ReturnType<typeof wechatGateway>>;

/** The sandbox's gateway of WeChat Pay behind a socket of this machine. */
export async function wechatGateway(clock: Clock, mode: 'public_key' | 'certificates') {
  const gateway = await createWechatGateway({
    clock,
    address: () => server.address,
    noticeUrl: 'https://warm.example/api/channels/wechat/notices',
    ...(mode === 'certificates' && { certificate: selfSigned }),
  });
  const server = await openGateway(gateway.answer);
  const { address } = server;
  return {
    ...gateway,
    settings: { ...gateway.settings, baseUrl: address, accountUrl: address },
    close: server.close,
  };
}
