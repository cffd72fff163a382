import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, type Id } from '@wennuan/basics';
import type pg from 'pg';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import type { BenchServer } from '../ledger/server.ts';
import { emptyDistrict } from '../empty-district.ts';

const AREAS = `code,name,level,parent_code
410103,二七区,district,
410103001,淮河路街道,street,410103
410103001001,绿云社区,community,410103001
`;
const HOLD_MINUTES = 10;
const DAY_MILLIS = 24 * 3_600_000;

/** Who buys: an account that is signed in. The token is what her browser sends as its cookie. */
export interface Buyer {
  accountId: Id;
  token: string;
}

export interface FlashDistrict {
  schema: string;
  secret: string;
  dataDir: string;
  owner: pg.Client;
  buyers: Buyer[];
  /** Opens a group-buy of so many pieces; answers its id and a ticket for each buyer. */
  open(pieces: number): Promise<{ groupId: Id; tickets: string[] }>;
  close(): Promise<void>;
}

/** A district with one station, one merchant with one thing on sale, and so many residents that are signed in. */
export async function makeDistrict(server: BenchServer, count: number): Promise<FlashDistrict> {
  const [schema, secret] = ['flash_sale', '27'.repeat(32)];
  const connection = { ownerUrl: server.url, schema, secret };
  const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-flash-sale-'));
  const application = await emptyDistrict(connection, dataDir);
  const { database, place, groupBuy } = application;
  await place.importSheet(Buffer.from(AREAS));
  const system = systemActor('bench');
  const [station] = await database.write(system, 'bench.station', (tx) =>
    place.addServicePoints(tx, [
      {
        id: newId(),
        name: '绿云慈善驿站',
        kind: 'station',
        areaId: place.areaByCode('410103001001').id,
        address: '',
      },
    ]),
  );
  const owner = await server.connect(schema);
  const variantId = await putOnSale(owner);
  const buyers = await signIn(owner, count);
  return {
    schema,
    secret,
    dataDir,
    owner,
    buyers,
    async open(pieces) {
      const closesAt = new Date(Date.now() + DAY_MILLIS);
      const { id: groupId } = await database.write(system, 'bench.open', (tx) =>
        groupBuy.open(tx, {
          placeId: station!.id,
          variantId,
          title: '快慢测试',
          description: '',
          minimumPieces: pieces,
          limitPieces: pieces,
          householdPieces: 1,
          holdMinutes: HOLD_MINUTES,
          steps: [{ fromPieces: 1, priceYuan: '9.90' }],
          closesAt: closesAt.toISOString(),
          pickUpOn: new Date(Date.now() + 4 * DAY_MILLIS).toISOString().slice(0, 10),
          pickUpHours: '09:00–17:00',
          formId: newId(),
        }),
      );
      const expiresAt = new Date(closesAt.getTime() + DAY_MILLIS);
      const tickets = buyers.map(({ accountId }) =>
        groupBuy.ticket({ groupId, accountId, householdKey: accountId, expiresAt }),
      );
      return { groupId, tickets };
    },
    async close() {
      await owner.end();
      await application.close();
    },
  };
}

/** A merchant with its agreement and licence and one thing on sale, as the catalogue keeps it. */
async function putOnSale(owner: pg.Client): Promise<Id> {
  const [merchantId, itemId, productId, variantId] = [newId(), newId(), newId(), newId()];
  const statements: [string, unknown[]][] = [
    [
      `insert into organization (id, kind, name, public_name, created_at)
       values ($1, 'enterprise', '示例粮油店', '示例粮油店', now())`,
      [merchantId],
    ],
    [
      `insert into merchant (id, payment_number, state, proposed_at, decided_at, form_id)
       values ($1, 'SANDBOX-1', 'active', now(), now(), $1)`,
      [merchantId],
    ],
    [
      `insert into merchant_agreement (id, merchant_id, paper_id, share_basis_points, signed_on, valid_from, valid_until, added_at)
       values ($1, $1, $1, 200, '2020-01-01', '2020-01-01', '2099-12-31', now())`,
      [merchantId],
    ],
    [
      `insert into merchant_licence (id, merchant_id, kind, number, valid_until, added_at)
       values ($1, $1, 'business', '1', '2099-12-31', now())`,
      [merchantId],
    ],
    [
      `insert into goods_item (id, name, unit, kind, imported, created_at)
       values ($1, '大米', '袋', 'simple', false, now())`,
      [itemId],
    ],
    [
      `insert into product (id, merchant_id, title, category, needs_food_licence, state, search_text, created_at, form_id)
       values ($1, $2, '大米', 'grain_oil', false, 'on_sale', '大米', now(), $1)`,
      [productId, merchantId],
    ],
    [
      `insert into product_variant (id, product_id, merchant_id, item_id, position, per_quantity, price_fen)
       values ($1, $2, $3, $4, 1, 1, 1200)`,
      [variantId, productId, merchantId, itemId],
    ],
  ];
  for (const [text, values] of statements) await owner.query(text, values);
  return variantId;
}

/** Residents with a session each, as signing in makes them. */
async function signIn(owner: pg.Client, count: number): Promise<Buyer[]> {
  const buyers = Array.from({ length: count }, () => ({ accountId: newId(), token: newId() }));
  const ids = buyers.map((buyer) => buyer.accountId);
  await owner.query(
    `insert into account (id, display_name, created_at) select id, '居民', now() from unnest($1::uuid[]) as n(id)`,
    [ids],
  );
  await owner.query(
    `insert into account_role (id, account_id, role, since) select id, id, 'resident', '2020-01-01' from unnest($1::uuid[]) as n(id)`,
    [ids],
  );
  await owner.query(
    `insert into session (token_hash, account_id, role_id, created_at, last_seen_at, expires_at)
     select hash, id, id, now(), now(), now() + interval '1 day' from unnest($1::uuid[], $2::bytea[]) as n(id, hash)`,
    [ids, buyers.map((buyer) => createHash('sha256').update(buyer.token).digest())],
  );
  await owner.query('analyze account; analyze account_role; analyze session');
  return buyers;
}
