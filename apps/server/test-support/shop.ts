import { newId, type Id } from '@wennuan/basics';
import pg from 'pg';
import { systemActor } from '../src/platform/actor.ts';
import type { Writing } from '../src/platform/database/database.ts';
import { aidScene, type AidScene } from './aid.ts';

export type TestShop = Awaited<ReturnType<typeof testShop>>;
const SYSTEM = systemActor('test');
const PAPER_ID = '00000000-0000-7000-8000-0000000000aa';
const PLENTY = 100_000_000;

/** Two stations with stock, two merchants that may sell, and goods of both: rice, oil, milk, and tofu by weight. */
export async function testShop() {
  const scene = await aidScene();
  const write = <T>(work: (tx: Writing) => Promise<T>, action = 'test.shop') =>
    scene.database.write(SYSTEM, action, work);
  const stations = await write(async (tx) => {
    const point = (name: string, code?: string) => ({
      id: newId(),
      name,
      kind: 'station' as const,
      areaId: scene.areaId(code),
      address: '示例路 1 号',
    });
    return await scene.place.addServicePoints(tx, [
      point('绿云慈善驿站'),
      point('兰台慈善驿站', '410103002001'),
    ]);
  });
  const merchants = [
    await openMerchant(scene, write, '示例郑欧商贸有限公司'),
    await openMerchant(scene, write, '示例惠民粮油店'),
  ];
  const placeIds = stations.map((one) => one.id);
  const addGoods = (change: Partial<NewGoods> & { title: string; merchantId: Id }) =>
    addProduct(scene, write, { placeIds, ...change });
  const goods = {
    rice: await addGoods({ title: '五常大米', merchantId: merchants[1]!, priceYuan: '23.33' }),
    oil: await addGoods({ title: '花生油', merchantId: merchants[1]!, priceYuan: '79.90' }),
    milk: await addGoods({
      title: '进口纯牛奶',
      merchantId: merchants[0]!,
      priceYuan: '12.50',
      memberPriceYuan: '11.50',
      hardshipPriceYuan: '9.90',
      category: 'drink',
      imported: true,
      papers: '报关单 410199-001',
    }),
    tofu: await addGoods({
      title: '鲜豆腐',
      merchantId: merchants[0]!,
      priceYuan: '3.99',
      unit: '克',
      perQuantity: 500,
      category: 'fresh',
    }),
  };
  return {
    ...scene,
    write,
    system: SYSTEM,
    /** Pieces of each thing at each station to begin with. */
    plenty: PLENTY,
    stations,
    merchants,
    /** The module; `goods` are the things on sale here. */
    goodsModule: scene.goods,
    goods,
    addGoods,
    /** As the owner of the database: what no login may. */
    async ownerSql(text: string): Promise<void> {
      const client = new pg.Client(scene.connection.ownerUrl);
      await client.connect();
      await client.query(`set search_path to ${scene.connection.schema}; ${text}`);
      await client.end();
    },
    openMerchant: (name: string, change: object = {}) => openMerchant(scene, write, name, change),
  };
}

type Write = <T>(work: (tx: Writing) => Promise<T>) => Promise<T>;

let merchantsOpened = 0;

/** A merchant with an agreement and both licences, agreed to; `until` ends its licences. */
async function openMerchant(
  scene: AidScene,
  write: Write,
  name: string,
  change: { agreementUntil?: string; licenceUntil?: string; bankAccount?: string } = {},
): Promise<Id> {
  merchantsOpened += 1;
  const number = merchantsOpened;
  return await write(async (tx) => {
    const { catalogue, organization } = scene;
    const [made] = await organization.create(tx, [
      {
        name,
        kind: 'supplier',
        creditCode: null,
        bankAccount: change.bankAccount ?? '6217001990000000',
      },
    ]);
    const merchantId = await catalogue.addMerchant(tx, {
      organizationId: made!.id,
      paymentNumber: `1990000${String(number).padStart(4, '0')}`,
      contactTelephone: '19900001111',
      formId: newId(),
    });
    await catalogue.addAgreement(tx, {
      merchantId,
      paperId: PAPER_ID,
      shareBasisPoints: 200,
      signedOn: '2026-01-05',
      validFrom: '2026-01-05',
      validUntil: change.agreementUntil ?? '2027-12-31',
    });
    for (const kind of ['business', 'food'] as const)
      await catalogue.addLicence(tx, {
        merchantId,
        kind,
        number: `41019900${number}${kind}`,
        validUntil: change.licenceUntil ?? '2028-12-31',
        paperId: null,
      });
    await catalogue.decideMerchant(tx, { merchantId, agree: true });
    return merchantId;
  });
}

interface NewGoods {
  title: string;
  merchantId: Id;
  placeIds: readonly Id[];
  priceYuan: string;
  memberPriceYuan: string | null;
  hardshipPriceYuan: string | null;
  category: 'grain_oil' | 'fresh' | 'drink' | 'snack' | 'household';
  unit: string;
  perQuantity: number;
  imported: boolean;
  papers: string | null;
  quantity: number;
}

/** Goods on sale with plenty of them at each place; answers the ids of product, variant and item. */
async function addProduct(
  { goods, catalogue }: AidScene,
  write: Write,
  change: Partial<NewGoods> & { title: string; merchantId: Id; placeIds: readonly Id[] },
) {
  const itemId = await write(
    async (tx) =>
      (
        await goods.addItem(tx, {
          name: change.title,
          unit: change.unit ?? '件',
          barCode: null,
          shelfDays: null,
          imported: change.imported ?? false,
          papers: change.papers ?? null,
          pictureId: null,
          parts: [],
        })
      ).id,
  );
  const productId = await write((tx) =>
    catalogue.addProduct(tx, {
      merchantId: change.merchantId,
      title: change.title,
      detail: '',
      category: change.category ?? 'grain_oil',
      needsFoodLicence: true,
      pictureId: null,
      formId: newId(),
      variants: [
        {
          itemId,
          label: '',
          perQuantity: change.perQuantity ?? 1,
          priceYuan: change.priceYuan ?? '10.00',
          memberPriceYuan: change.memberPriceYuan ?? null,
          hardshipPriceYuan: change.hardshipPriceYuan ?? null,
          barCode: null,
        },
      ],
    }),
  );
  if (change.placeIds.length > 0 && change.quantity !== 0)
    await write((tx) =>
      goods.receive(
        tx,
        change.placeIds.map((placeId) => ({
          placeId,
          itemId,
          quantity: change.quantity ?? PLENTY,
          batch: '',
          expiresOn: null,
          unitValueFen: 500,
          origin: 'opening' as const,
          originLabel: '启用系统前库存',
          sourceId: null,
          formId: null,
        })),
      ),
    );
  const [variant] = await write((tx) => catalogue.variants(tx, { productIds: [productId] }));
  return { productId, itemId, variantId: variant!.id };
}
