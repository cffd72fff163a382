import { check } from '@wennuan/ledger';
import { parseEntry } from '@wennuan/log';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { withoutIds } from '../../../test-support/ids.ts';
import { systemActor, visitor } from '../../platform/actor.ts';
import { rowsOf } from './open.store.ts';

describe('aid to one person', () => {
  /** Sums that nothing else comes to, so that one of them anywhere in public is a person's. */
  const SECRETS = [12_345, 23_457, 34_569, 45_673];
  let district: MoneyDistrict;
  let code: string;

  beforeAll(async () => {
    district = await moneyDistrict();
    const fund = await district.communityFund();
    code = fund.code;
    await district.notify({ projectCode: fund.code, amountFen: 1_000_000 });
    for (const amountFen of SECRETS)
      await district.payOut(
        { kind: 'fund', id: fund.id },
        { kind: 'person', id: district.person() },
        amountFen,
      );
    await district.payOut(
      { kind: 'fund', id: fund.id },
      { kind: 'organization', id: district.supplierId },
      77_777,
    );
    await district.events.settle();
    await district.publication.publish();
  }, 60_000);
  afterAll(() => district.close());

  /** Every sum of money that a text could be read as telling, in fen. */
  const sumsIn = (text: string): Set<number> =>
    new Set(
      [...withoutIds(text).matchAll(/\d[\d,]*(?:\.\d+)?/g)].flatMap(([found]) => {
        const number = Number(found.replaceAll(',', ''));
        return [number, Math.round(number * 100)];
      }),
    );

  test('is in no leaf that the public log shows: a leaf between private accounts is one hash', async () => {
    const rows = await district.database.read(visitor(), (tx) =>
      tx.db.selectFrom('publication_entry').select('entry').orderBy('number').execute(),
    );
    const entries = rows.map((row) => parseEntry(row.entry));
    const shown = entries.flatMap((entry) => (entry?.kind === 'transfer' ? [entry] : []));
    // The log does show sums: those of gifts, of the filling and of what an organisation was paid.
    expect(shown.map((entry) => entry.amount)).toEqual([1_000_000, 100_000, 100_000, 77_777]);
    expect(entries.filter((entry) => entry?.kind === 'private')).toHaveLength(SECRETS.length);
    for (const row of rows)
      for (const secret of SECRETS) expect(sumsIn(row.entry.toString())).not.toContain(secret);
  });

  test('is in no open data and on no page of the fund, alone or by subtraction', async () => {
    const pages = [`/api/public/funds/${code}`, '/api/public/funds', `/api/public/campaigns`];
    const texts = await Promise.all(
      pages.map(async (url) => (await district.app.inject({ url })).payload),
    );
    const tables = ['funds', 'movements', 'payments', 'aid', 'campaigns'] as const;
    for (const dataset of tables) texts.push(await openTable(dataset));
    for (const text of texts)
      for (const secret of SECRETS) expect(sumsIn(text)).not.toContain(secret);
    const page = JSON.parse(texts[0]!) as {
      fund: { inFen: number; outFen: number; balanceFen: number };
      setAsideFen: number;
    };
    // What left the fund are round sums and published payments: their difference tells nobody's aid.
    expect(page.fund.outFen).toBe(200_000 + 77_777);
    expect(page.setAsideFen).toBe(200_000);
  });

  test('changes nothing for the books: they are whole, and the log agrees with them', async () => {
    const broken = await district.database.read(systemActor('test'), (tx) => check(tx.sql));
    expect(broken).toEqual([]);
    expect(await district.publication.verifyStored()).toMatchObject({ findings: [] });
  });

  async function openTable(name: Parameters<typeof rowsOf>[1]): Promise<string> {
    const parts: unknown[] = [];
    for await (const rows of rowsOf(district, name)) parts.push(...rows);
    return JSON.stringify(parts);
  }
});
