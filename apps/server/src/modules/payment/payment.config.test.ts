import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  NO_CHANNELS,
  parsePaymentConfig,
  PaymentConfigError,
  readPaymentConfig,
} from './payment.config.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const wechat = {
  merchant: '1900000001',
  appId: 'wx1',
  serial: 'S1',
  privateKey,
  apiV3Key: 'k'.repeat(32),
};
const parse = (config: object) =>
  parsePaymentConfig(JSON.stringify({ siteUrl: 'https://warm.example', ...config }));
const problemsOf = (config: object): readonly string[] => {
  try {
    parse(config);
  } catch (thrown) {
    if (thrown instanceof PaymentConfigError) return thrown.problems;
    throw thrown;
  }
  return [];
};

test('without a file there is no channel; the own page is off by default', () => {
  expect(readPaymentConfig(undefined)).toBe(NO_CHANNELS);
  expect(parse({ wechat })).toMatchObject({ ownPage: false, platform: null, alipay: null });
  expect(parse({ wechat }).wechat!.noticeUrl).toBe(
    'https://warm.example/api/channels/wechat/notices',
  );
});

test.each([
  ['a channel without its key', { wechat: { ...wechat, apiV3Key: undefined } }, 'wechat.apiV3Key'],
  ['a key that is none', { wechat: { ...wechat, privateKey: 'secret!' } }, 'wechat.privateKey'],
  ['half of public-key mode', { wechat: { ...wechat, platformKeyId: 'P1' } }, 'wechat.platformKey'],
  ['a name nobody knows', { wechat: { ...wechat, apiKey: 'x' } }, 'wechat'],
  ['no address', { siteUrl: 'warm' }, 'siteUrl'],
  ['a platform half set up', { platform: { name: 'P', publicKey } }, 'platform.merchant'],
])('%s keeps the server from starting, and no value is told', (_what, config, name) => {
  const problems = problemsOf(config);
  expect(problems.some((problem) => problem.startsWith(name))).toBe(true);
  expect(problems.join()).not.toMatch(/secret!|PRIVATE KEY|kkkk/);
});

test('a file that is not there, or is not JSON', () => {
  expect(() => readPaymentConfig('/nowhere/payment.json')).toThrow(PaymentConfigError);
  expect(() => parsePaymentConfig('{')).toThrow(PaymentConfigError);
});
