import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AlipaySettings } from './channel.alipay.ts';
import type { PlatformSettings } from './channel.platform.ts';
import type { WechatSettings } from './channel.wechat.ts';
import { publicKeyOf } from './rsa.ts';

/** Where notices of channels reach us, below the address of the site. */
export const noticePath = (channel: string) => `/api/channels/${channel}/notices`;

/** Where notices of a seller's own number reach us. */
export const sellerNoticePath = (number: string) => `/api/mall/sellers/${number}/notices`;

/** Ways of paying in that are set up. None is, until somebody does. */
export interface PaymentConfig {
  /** The site's address as the outside knows it; null while no channel is set up. */
  siteUrl: string | null;
  /** True when givers may also pay on the federation's own pages, while the listing is live. */
  ownPage: boolean;
  platform: PlatformSettings | null;
  wechat: WechatSettings | null;
  alipay: AlipaySettings | null;
  /** Sellers' own numbers at WeChat Pay, by number: what shops take goes there and nowhere else. */
  sellers: ReadonlyMap<string, WechatSettings>;
}

export const NO_CHANNELS: PaymentConfig = {
  siteUrl: null,
  ownPage: false,
  platform: null,
  wechat: null,
  alipay: null,
  sellers: new Map(),
};

/** What is wrong with a configuration, by name of the setting; never its value. */
export class PaymentConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`payment configuration: ${problems.join('; ')}`);
    this.name = 'PaymentConfigError';
    this.problems = problems;
  }
}

const key = z.string().min(1);
const wechatShape = z.strictObject({
  merchant: z.string().regex(/^\d{8,10}$/),
  appId: z.string().min(1),
  /** Of the official account with this appId: needed to pay inside WeChat. */
  appSecret: z.string().min(1).optional(),
  serial: z.string().min(1),
  privateKey: key,
  apiV3Key: z.string().length(32),
  /** Public-key mode; without both, platform certificates are downloaded. */
  platformKeyId: z.string().min(1).optional(),
  platformKey: key.optional(),
  baseUrl: z.url().default('https://api.mch.weixin.qq.com'),
});
const isWhole = (one: { platformKeyId?: string | undefined; platformKey?: string | undefined }) =>
  (one.platformKeyId === undefined) === (one.platformKey === undefined);
const WHOLE = {
  path: ['platformKey'],
  message: 'platformKeyId and platformKey belong together',
};
const shape = z.strictObject({
  siteUrl: z.url({ protocol: /^https?$/ }),
  ownPage: z.boolean().default(false),
  platform: z
    .strictObject({
      name: z.string().min(1),
      merchant: z.string().min(1),
      cashierUrl: z.url(),
      apiUrl: z.url(),
      privateKey: key,
      publicKey: key,
    })
    .optional(),
  wechat: wechatShape.refine(isWhole, WHOLE).optional(),
  /** Sellers' own numbers, each with keys of its own. */
  sellers: z.array(wechatShape.refine(isWhole, WHOLE)).default([]),
  alipay: z
    .strictObject({
      merchant: z.string().min(1),
      appId: z.string().min(1),
      privateKey: key,
      publicKey: key,
      gateway: z.url().default('https://openapi.alipay.com/gateway.do'),
    })
    .optional(),
});

/**
 * Reads the ways of paying in from a JSON file (`PAYMENT_CONFIG` names it). A key is PEM, or `file:` and a
 * path. Throws `PaymentConfigError` when a channel is only half set up, so that the server does not start:
 * money must not come in over a channel whose notices nobody can check.
 */
export function readPaymentConfig(path: string | undefined): PaymentConfig {
  if (!path) return NO_CHANNELS;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new PaymentConfigError([`${path} cannot be read`]);
  }
  return parsePaymentConfig(text);
}

/** The same from the file's text. */
export function parsePaymentConfig(text: string): PaymentConfig {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new PaymentConfigError(['it is not JSON']);
  }
  const read = shape.safeParse(data);
  if (!read.success)
    throw new PaymentConfigError(
      read.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`),
    );
  const problems: string[] = [];
  const keyOf = <K>(name: string, value: string, make: (pem: string) => K): K | null => {
    try {
      return make(value.startsWith('file:') ? readFileSync(value.slice(5), 'utf8') : value);
    } catch {
      problems.push(`${name}: no key can be read`);
      return null;
    }
  };
  const { siteUrl, ownPage, platform, wechat, alipay, sellers } = read.data;
  const noticeUrl = (channel: string) => new URL(noticePath(channel), siteUrl).href;
  const config: PaymentConfig = {
    siteUrl,
    ownPage,
    platform: platform
      ? {
          ...platform,
          privateKey: keyOf('platform.privateKey', platform.privateKey, createPrivateKey)!,
          publicKey: keyOf('platform.publicKey', platform.publicKey, publicKeyOf)!,
        }
      : null,
    wechat: wechat
      ? wechatSettings(wechat, { keyOf, noticeUrl: noticeUrl('wechat'), name: 'wechat' })
      : null,
    alipay: alipay
      ? {
          ...alipay,
          noticeUrl: noticeUrl('alipay'),
          privateKey: keyOf('alipay.privateKey', alipay.privateKey, createPrivateKey)!,
          publicKey: keyOf('alipay.publicKey', alipay.publicKey, publicKeyOf)!,
        }
      : null,
    sellers: new Map(
      sellers.map((one, index) => {
        const address = new URL(sellerNoticePath(one.merchant), siteUrl).href;
        const name = `sellers.${index}`;
        return [one.merchant, wechatSettings(one, { keyOf, noticeUrl: address, name })];
      }),
    ),
  };
  if (config.sellers.size < sellers.length) problems.push('sellers: a number stands there twice');
  if (problems.length > 0) throw new PaymentConfigError(problems);
  return config;
}

type KeyOf = <K>(name: string, value: string, make: (pem: string) => K) => K | null;

function wechatSettings(
  wechat: z.output<typeof wechatShape>,
  { keyOf, noticeUrl, name }: { keyOf: KeyOf; noticeUrl: string; name: string },
): WechatSettings {
  const { platformKeyId: id, platformKey: pem, ...rest } = wechat;
  return {
    ...rest,
    noticeUrl,
    privateKey: keyOf(`${name}.privateKey`, wechat.privateKey, createPrivateKey)!,
    platformKey: id && pem ? { id, key: keyOf(`${name}.platformKey`, pem, publicKeyOf)! } : null,
  };
}
