import { newId, type Id } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { checkSeal, parseKey, verifyProof } from '@wennuan/log';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { verifyReceiptFile } from '../../commands/verify-receipt.ts';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';
import { openSheets } from '../../platform/sheet-reader.ts';
import { writeSheet } from '../../platform/sheet.ts';

type View = RouteOutput<typeof routes.receipt.confirmation>;
type Imported = RouteOutput<typeof routes.receipt.importFiscal>;

let district: MoneyDistrict;
let app: MoneyDistrict['app'];
let giver: Actor;
let wish: Awaited<ReturnType<MoneyDistrict['wish']>>;
beforeAll(async () => {
  district = await moneyDistrict();
  app = district.app;
  wish = await district.wish('一台电扇', 20_000);
  giver = await district.signUp('19900000001');
  district.who.set('giver', giver);
});
afterAll(() => district.close());

const get = async <T>(url: string, as = '') =>
  (await app.inject({ url, headers: { 'x-actor': as } })).json() as T;

/** Gives to the wish as somebody, pays, and publishes unless told not to; answers id and link. */
async function give(
  yuan: string,
  options: { as?: Actor; name?: string; published?: boolean } = {},
) {
  const { as = visitor(), name = null, published = true } = options;
  const begun = await district.database.write(as, 'test.give', (tx) =>
    district.donation.startGift(tx, {
      target: { kind: 'item', id: wish.itemId },
      amountYuan: yuan,
      name: {
        displayName: name,
        hideFromPublic: true,
        hideFromRecipient: true,
        hideFromStaff: false,
      },
      formId: newId(),
    }),
  );
  await district.app.inject({ method: 'POST', url: `/api/sandbox/orders/${begun.giftId}/pay` });
  if (published) await publish();
  return begun;
}

async function publish() {
  await district.events.settle();
  await district.publication.publish();
}

const post = (url: string, payload: object = {}, as = '') =>
  app.inject({ method: 'POST', url, payload, headers: { 'x-actor': as } });

describe('C-08: the donation confirmation', () => {
  test('waits for the signed head, is made once, and says what the law asks for', async () => {
    const { token } = await give('66.60', { name: '王小明', published: false });
    const url = `/api/gifts/${token}/confirmation`;
    expect(await get<View>(url)).toMatchObject({ state: 'pending', checkCode: null });
    const early = await app.inject({ url: `${url}.pdf` });
    expect(early.json()).toMatchObject({ code: 'confirmation_not_ready' });
    await publish();
    expect(await get<View>(url)).toMatchObject({ state: 'ready', donorName: '王小明' });
    const first = await app.inject({ url: `${url}.pdf` });
    expect(first.headers).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store',
    });
    district.clock.advance({ days: 3 });
    await give('1');
    const again = await app.inject({ url: `${url}.pdf` });
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
    const view = await get<View>(url);
    expect(view).toMatchObject({ state: 'made', number: 'JZ-00000001', donorName: '王小明' });
    const { key } = await get<{ key: string }>('/api/public/log');
    const proof = (await app.inject({ url: `${url}.tlog-proof` })).payload;
    const checked = verifyProof({ proof, keys: { log: parseKey(key)! } });
    if (checked.fault !== null) throw new Error(checked.detail);
    expect(Object.fromEntries(checked.fields.map(({ name, value }) => [name, value]))).toEqual({
      number: 'JZ-00000001',
      donor: '王小明',
      kind: '货币资金（人民币）',
      amount: '¥66.60',
      amountWords: '陆拾陆元陆角整',
      target: '一台电扇',
      purpose: '一台电扇',
      form: '公开募捐',
      givenOn: '2026-11-23',
      charity: '二七区慈善总会',
      handler: 'accountant',
      madeOn: '2026-11-23',
      code: view.checkCode,
    });
    expect(checkSeal(first.rawPayload, parseKey(key))).toMatchObject({ fault: null });
  });

  test('verifies offline as PDF and as proof; one changed byte fails, and it is said where', async () => {
    const { token } = await give('8.88');
    const url = `/api/gifts/${token}/confirmation`;
    const files = [
      (await app.inject({ url: `${url}.pdf` })).rawPayload,
      (await app.inject({ url: `${url}.tlog-proof` })).rawPayload,
    ];
    const key = parseKey((await get<{ key: string }>('/api/public/log')).key)!;
    const words = new Proxy({}, { get: () => '不符' }) as never;
    const said: string[] = [];
    const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
    for (const file of files) verifyReceiptFile(file, { key, words });
    spy.mockRestore();
    expect(said.filter((line) => line.includes('金额 · ¥8.88'))).toHaveLength(2);
    for (const [place, file] of files.entries())
      for (let at = 7; at < file.length; at += place === 0 ? 611 : 37) {
        const changed = Buffer.from(file);
        changed[at]! ^= 1;
        expect(() => verifyReceiptFile(changed, { key, words }), `${place}: byte ${at}`).toThrow(
          /核对未通过/,
        );
      }
    const changed = Buffer.from(files[0]!);
    changed[5_000]! ^= 1;
    expect(() => verifyReceiptFile(changed, { key, words })).toThrow(/bytes 4096 to 8191/);
  });

  test('bears the name the giver wants on it, and no other once it is made', async () => {
    const { token } = await give('5');
    const url = `/api/gifts/${token}/confirmation`;
    expect(await get<View>(url)).toMatchObject({ donorName: '爱心人士' });
    const made = await post(url, { donorName: '赵大海' });
    expect(made.json()).toMatchObject({ state: 'made', donorName: '赵大海' });
    expect((await post(url, { donorName: null })).json()).toMatchObject({ donorName: '赵大海' });
    expect((await post(url, { donorName: '钱多多' })).json()).toMatchObject({
      code: 'confirmation_made',
    });
  });

  test('anybody checks number and code; a wrong pair says nothing', async () => {
    const { token } = await give('9', { name: '王小明' });
    await post(`/api/gifts/${token}/confirmation`, { donorName: null });
    const { number, checkCode } = await get<View>(`/api/gifts/${token}/confirmation`);
    const check = (code: string) =>
      app.inject({ url: `/api/public/confirmations/${number}?code=${code}` });
    const right = await check(checkCode!.toLowerCase());
    expect(right.json()).toMatchObject({ number, state: 'valid', amountFen: 900 });
    expect(right.payload).not.toContain('王小明');
    expect((await check('AAAA-BBBB-CCCC')).json()).toMatchObject({ code: 'check_code_wrong' });
    expect(
      (await app.inject({ url: '/api/public/confirmations/JZ-99999999?code=x' })).json(),
    ).toMatchObject({ code: 'check_code_wrong' });
    expect((await app.inject({ url: '/api/gifts/nobody/confirmation' })).statusCode).toBe(404);
  });
});

describe('the fiscal e-receipt', () => {
  const upload = (url: string, bytes: Buffer, name: string) => {
    const boundary = 'wennuan-test';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
    return app.inject({
      method: 'POST',
      url,
      headers: {
        'x-actor': 'accountant',
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    });
  };
  const sheetOf = (rows: readonly (string | number | null)[][]) =>
    writeSheet({
      name: '回填',
      columns: ['捐赠确认号', '金额（元）', '票据号码', '开票日期'].map((title, place) => ({
        title,
        width: 20,
        kind: 'text' as const,
        of: (row: readonly (string | number | null)[]) => row[place] ?? null,
      })),
      rows,
    });

  test('is asked, exported, issued by the sheet that comes back, and never twice', async () => {
    const [one, two, three] = [await give('10'), await give('20'), await give('30')];
    const fiscal = (token: string) => `/api/gifts/${token}/fiscal-receipt`;
    const payer = { payerName: '=HYPERLINK("x")', taxNumber: '410199000000000000', contact: null };
    const asked = await post(fiscal(one.token), payer);
    expect(asked.json()).toMatchObject({ fiscal: { state: 'asked' } });
    await post(fiscal(two.token), { ...payer, payerName: '李四' });
    expect((await post(`${fiscal(three.token)}/waive`)).json()).toMatchObject({
      fiscal: { state: 'waived' },
    });
    const numberOf = async (token: string) =>
      (await get<View>(`/api/gifts/${token}/confirmation`)).number!;
    const [first, second, third] = await Promise.all(
      [one, two, three].map((gift) => numberOf(gift.token)),
    );

    const list = await app.inject({
      url: '/api/fiscal-receipts',
      headers: { 'x-actor': 'accountant' },
    });
    expect(list.payload).not.toContain('李四');
    expect(list.json()).toMatchObject({
      counts: [
        { state: 'asked', count: 2 },
        { state: 'waived', count: 1 },
      ],
    });
    const sheet = await app.inject({
      url: '/api/fiscal-receipts/requests.xlsx',
      headers: { 'x-actor': 'accountant' },
    });
    const rows = [];
    for await (const row of (await openSheets(sheet.rawPayload, 'x'))[0]!.lines())
      rows.push(row.cells);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toEqual(expect.arrayContaining([first, 10, '=HYPERLINK("x")']));

    const filled = await sheetOf([
      [first!, '10.00', '豫票 0001', '2026-11-25'],
      [second!, '21.00', '豫票 0002', '2026-11-25'],
      ['JZ-99999999', '', '豫票 0003', '2026-11-25'],
      [third!, '', '豫票 0004', '2026-11-25'],
      [first!, '', '豫票 0005', '2026-11-25'],
      [null, null, '豫票 0006', '2026-11-25'],
    ]);
    const answer = await upload('/api/fiscal-receipts/import', filled, 'back.xlsx');
    expect(answer.json() as Imported).toEqual({
      issued: 1,
      already: 0,
      faults: [
        { cell: 'B3', fault: 'amount_differs', value: '21' },
        { cell: 'A4', fault: 'number_unknown', value: 'JZ-99999999' },
        { cell: 'A5', fault: 'not_asked', value: third },
        { cell: 'A6', fault: 'twice_in_file', value: first },
        { cell: 'A7', fault: 'number_missing', value: '' },
      ],
    });
    const same = await sheetOf([[first!, '10', '豫票 0001', '2026/11/25']]);
    expect((await upload('/api/fiscal-receipts/import', same, 'b.xlsx')).json()).toMatchObject({
      issued: 0,
      already: 1,
    });
    const other = await sheetOf([
      [first!, '', '豫票 0009', '2026-11-25'],
      [second!, '', '豫票 0001', 'morgen'],
    ]);
    expect((await upload('/api/fiscal-receipts/import', other, 'c.xlsx')).json()).toMatchObject({
      issued: 0,
      faults: [
        { fault: 'issued_otherwise' },
        { cell: 'D3', fault: 'date_invalid', value: 'morgen' },
      ],
    });

    expect((await post(fiscal(one.token), payer)).json()).toMatchObject({ code: 'fiscal_issued' });
    const csv = Buffer.from('捐赠确认号,票据号码\r\n');
    expect((await upload('/api/fiscal-receipts/import', csv, 'd.csv')).json()).toMatchObject({
      code: 'sheet_columns_missing',
    });

    const giftUrl = (id: Id) => `/api/fiscal-receipts/${id}/file`;
    expect((await upload(giftUrl(two.giftId), Buffer.from('%PDF-1'), 'x')).json()).toMatchObject({
      code: 'fiscal_not_issued',
    });
    expect((await upload(giftUrl(one.giftId), Buffer.from('<html>'), 'x')).json()).toMatchObject({
      code: 'file_kind_unknown',
    });
    expect(
      (await upload(giftUrl(one.giftId), Buffer.from('%PDF-1.7 fiscal'), 'x')).json(),
    ).toMatchObject({ hasFile: true });
    const own = await app.inject({ url: `${fiscal(one.token)}.file` });
    expect(own.payload).toBe('%PDF-1.7 fiscal');
    expect(await get<View>(`/api/gifts/${one.token}/confirmation`)).toMatchObject({
      fiscal: {
        state: 'issued',
        receiptNumber: '豫票 0001',
        issuedOn: '2026-11-25',
        hasFile: true,
      },
    });
    const audit = await district.database.read(systemActor('test'), (tx) =>
      tx.db
        .selectFrom('audit_entry')
        .select('role')
        .where('action', '=', 'receipt.export_fiscal')
        .execute(),
    );
    expect(audit).toEqual([{ role: 'federation_accountant' }]);
  });
});

describe('C-09: a donor asks what became of her gifts', () => {
  test('the list says what was used, what waits and what stands before it; the year and the file agree', async () => {
    const begun = await give('12', { as: giver, name: '周小满' });
    const paths = await get<{ items: { usedFen: number }[] }>('/api/my/gifts/paths', 'giver');
    expect(paths.items).toEqual([
      expect.objectContaining({
        giftId: begun.giftId,
        amountFen: 1_200,
        usedFen: 0,
        waitingFen: 1_200,
      }),
    ]);
    expect(await get('/api/my/gifts/years', 'giver')).toEqual({ years: [2026] });
    expect(await get('/api/my/gifts/statement?year=2026', 'giver')).toMatchObject({
      gifts: 1,
      givenFen: 1_200,
      parts: [{ label: '微心愿', gifts: 1, waitingFen: 1_200 }],
    });
    const paper = await app.inject({
      url: '/api/my/gifts/statement.pdf?year=2026',
      headers: { 'x-actor': 'giver' },
    });
    expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const csv = await app.inject({ url: '/api/my/gifts.csv', headers: { 'x-actor': 'giver' } });
    expect(csv.payload.split('\r\n')).toHaveLength(3);
    expect(csv.payload).toContain('12,一台电扇,微心愿,公开募捐');
    expect((await get<{ items: unknown[] }>('/api/my/gifts/paths', 'nobody')).items).toBe(
      undefined,
    );
  });

  test('when it is spent she is told once, unless she switched that off', async () => {
    const quiet = await district.signUp('19900000002');
    await district.database.write(quiet, 'test.push', (tx) =>
      tx.db
        .insertInto('push_choice')
        .values({ account_id: quiet.accountId!, topic: 'gift_moved', is_on: false })
        .execute(),
    );
    await give('3', { as: giver });
    await give('4', { as: quiet });
    const messages = async (accountId: Id) =>
      (
        await district.database.read(systemActor('test'), (tx) =>
          tx.db
            .selectFrom('message')
            .select('link')
            .where('account_id', '=', accountId)
            .where('topic', '=', 'gift_moved')
            .execute(),
        )
      ).map((row) => row.link);
    await district.payOut(
      { kind: 'item', id: wish.itemId },
      { kind: 'organization', id: district.supplierId },
      16_900,
    );
    await district.events.settle();
    await district.events.settle();
    expect(await messages(giver.accountId!)).toEqual(['/my/gifts']);
    expect(await messages(quiet.accountId!)).toEqual([]);
  });
});

test('a giver who asks to be forgotten: name, papers and salts go, the books and the log stay', async () => {
  const leaving = await district.signUp('19900000003');
  const { giftId, token } = await give('7.77', { as: leaving, name: '吴别离' });
  const url = `/api/gifts/${token}/confirmation`;
  await post(url, { donorName: null });
  const forget = () =>
    district.database.write(systemActor('test'), 'test.forget', (tx) =>
      district.receipt.forgetGiver(tx, { accountId: leaving.accountId!, reason: 'GX-1' }),
    );
  expect(await forget()).toBe(1);
  expect(await forget()).toBe(0);
  expect(await get<View>(url)).toMatchObject({ state: 'erased', donorName: '' });
  const gone = await app.inject({ url: `${url}.pdf` });
  expect(gone.statusCode).toBe(404);
  await publish();
  expect(await district.publication.verifyStored()).toMatchObject({ findings: [] });
  const [gift] = await district.database.read(systemActor('test'), (tx) =>
    district.donation.giftFacts(tx, { ids: [giftId] }),
  );
  expect(gift).toMatchObject({
    amountFen: 777,
    publicName: null,
    nameSealed: null,
    accountId: null,
  });
});

test('who asks on her my-data page to be deleted is forgotten as a giver too', async () => {
  const leaving = await district.signUp('19900000004');
  const { token } = await give('6', { as: leaving, name: '郑不留' });
  await post(`/api/gifts/${token}/confirmation`, { donorName: null });
  const { id } = await district.database.write(leaving, 'test.ask', async (tx) => {
    const requestId = newId();
    const box = (await district.vault.boxes(tx, [leaving.accountId!])).get(leaving.accountId!)!;
    await tx.db
      .insertInto('data_request')
      .values({
        id: requestId,
        account_id: leaving.accountId!,
        area_id: district.areaId(),
        kind: 'delete',
        text_sealed: box.seal('请删除我的信息'),
        asked_at: tx.now,
        answer_by: '2026-12-31',
      })
      .execute();
    return { id: requestId };
  });
  const { erase } = district.resident.fileHandlers;
  const granted = await erase({
    actor: district.actors['worker']!,
    params: { requestId: id },
  } as Parameters<typeof erase>[0]);
  expect(granted).toMatchObject({ outcome: 'erased' });
  expect(granted.answer).toContain('1 笔捐赠已与您断开');
  expect(await get<View>(`/api/gifts/${token}/confirmation`)).toMatchObject({ state: 'erased' });
  await publish();
  expect(await district.publication.verifyStored()).toMatchObject({ findings: [] });
});
