/** Where the payer is: inside WeChat, in a telephone's browser, at a computer. */
export function payScene(): 'wechat' | 'phone' | 'page' {
  const { userAgent } = window.navigator;
  if (/MicroMessenger/i.test(userAgent)) return 'wechat';
  return /Mobi|Android|iPhone/i.test(userAgent) ? 'phone' : 'page';
}

interface WechatBridge {
  invoke(name: string, values: Record<string, string>, done: () => void): void;
}

/** Opens WeChat's own window; whether it was paid is told by its notice, never by this page. */
export function callWechat(values: Record<string, string>): void {
  const bridge = (window as { WeixinJSBridge?: WechatBridge }).WeixinJSBridge;
  if (bridge) bridge.invoke('getBrandWCPayRequest', values, () => undefined);
  else document.addEventListener('WeixinJSBridgeReady', () => callWechat(values), { once: true });
}
