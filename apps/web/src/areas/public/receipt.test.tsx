import {
  formatEntry,
  formatKey,
  formatReceipt,
  leafHash,
  rootOf,
  saltedHash,
  type TransferEntry,
} from '@wennuan/log';
import { createSigner, signCheckpoint } from '@wennuan/log/sign';
import { expect, test } from 'vitest';
import { checkReceipt } from './parts/check-receipt.ts';
import { renderPage } from './server.tsx';

const signer = createSigner('log.example/test', new Uint8Array(32).fill(5), 'ed25519');
const salt = new Uint8Array(16).fill(1);
const gift = { id: '0190a000-0000-7000-8000-000000000009', amountFen: 100 };
const rest = { text: `id x\ndocument gift ${gift.id}\n`, salt };
const entry: TransferEntry = {
  kind: 'transfer',
  unit: 'fen',
  amount: 100,
  day: '2026-11-22',
  from: { hidden: saltedHash(salt, 'channel') },
  to: { code: 'W000001', at: 0 },
  rest: saltedHash(salt, rest.text),
};
const other = leafHash(formatEntry({ ...entry, amount: 5 }));
const root = rootOf([other, leafHash(formatEntry(entry))]);
const checkpoint = signCheckpoint({ origin: signer.key.name, size: 2, root }, signer);
const opening = { from: { text: 'channel', salt }, to: null, rest };
const proof = formatReceipt(
  { index: 1, hashes: [other], checkpoint },
  { entry, opening, key: signer.key },
);
const log = { key: formatKey(signer.key), origin: signer.key.name, size: 2 };

test('a right receipt says what the log says', () => {
  expect(checkReceipt({ proof, gift, log })).toEqual({
    fault: null,
    day: '2026-11-22',
    amountFen: 100,
    code: 'W000001',
    size: 2,
  });
});

const stranger = createSigner(signer.key.name, new Uint8Array(32).fill(6), 'ed25519').key;
test.each([
  ['malformed', { proof: 'x' }],
  ['malformed', { proof: proof.replace('\n2\n', '\n02\n') }],
  ['notIncluded', { proof: proof.replace('index 1', 'index 0') }],
  ['signature', { proof: proof.replace('\n2\n', '\n3\n') }],
  ['signature', { log: { ...log, key: formatKey(stranger) } }],
  ['signature', { log: { ...log, key: 'nonsense' } }],
  ['otherGift', { gift: { ...gift, amountFen: 101 } }],
  ['otherGift', { gift: { ...gift, id: '0190a000-0000-7000-8000-000000000001' } }],
  ['otherLog', { log: { ...log, size: 1 } }],
])('what is wrong is %s: %j', (fault, change) => {
  expect(checkReceipt({ proof, gift, log, ...change })).toEqual({ fault });
});

const page = {
  ...gift,
  number: 'JZ-00000001',
  at: '2026-11-22T01:00:00Z',
  targetLabel: '一台电扇',
  targetLink: null,
  legalForm: 'public_fundraising',
  displayName: '爱心人士',
  state: 'received',
  token: 'token',
  trace: null,
  remainderRule: null,
  platformName: '平台',
  platformOrder: null,
};
const drawn = async (state: string, number: number | null, gone: string | null = null) => {
  const answers: Record<string, unknown> = {
    '/api/gifts/token': page,
    '/api/gifts/token/proof': { state, number, proof: gone ?? (state === 'ready' ? proof : null) },
  };
  const { html } = await renderPage({
    url: '/gifts/token',
    language: 'zh',
    elder: false,
    fetchJson: async (address) =>
      answers[address] ? { status: 200, body: answers[address] } : { status: 404, body: {} },
  });
  return html;
};

test('the gift’s page says how far its receipt is', async () => {
  expect(await drawn('pending', null)).toContain('凭证生成中');
  const ready = await drawn('ready', 1);
  expect(ready).toContain('编号 1');
  expect(ready).toContain('在您的手机上核对');
  expect(ready).toContain('下载凭证文件');
  const erased = await drawn('erased', 1);
  expect(erased).toContain('钥匙已经销毁');
  expect(erased).not.toContain('下载凭证文件');
});
