/** What the demo's stations sell. Prices in fen: everyone, members, people in hardship. */
export interface DemoGoods {
  title: string;
  category: 'grain_oil' | 'fresh' | 'snack' | 'drink' | 'household' | 'care' | 'clothing';
  unit: string;
  perQuantity: number;
  yuan: string;
  memberYuan: string | null;
  hardshipYuan: string | null;
  merchant: number;
  picture: string | null;
  papers: string | null;
}

/** Suppliers of the invented district. */
export const MERCHANTS = [
  '示例郑欧优品商贸有限公司',
  '示例惠民粮油有限公司',
  '示例绿园生鲜合作社',
  '示例邻里日用品店',
] as const;

type Row = [title: string, unit: string, yuan: string, hardshipYuan: string, picture?: string];

const list = (
  category: DemoGoods['category'],
  merchant: number,
  rows: readonly Row[],
  change: Partial<DemoGoods> = {},
): DemoGoods[] =>
  rows.map(([title, unit, yuan, hardshipYuan, picture]) => ({
    title,
    category,
    unit,
    perQuantity: 1,
    yuan,
    memberYuan: (Number(yuan) * 0.97).toFixed(2),
    hardshipYuan,
    merchant,
    picture: picture ?? null,
    papers: null,
    ...change,
  }));

export const GOODS: readonly DemoGoods[] = [
  ...list('grain_oil', 1, [
    ['五常大米 5 公斤', '袋', '39.90', '33.90', 'sack'],
    ['豫麦面粉 5 公斤', '袋', '26.80', '22.80', 'sack'],
    ['压榨花生油 5 升', '桶', '89.90', '79.00', 'kettle'],
    ['非转基因大豆油 5 升', '桶', '62.00', '55.00', 'kettle'],
    ['小米 2.5 公斤', '袋', '24.50', '20.90'],
    ['绿豆 1 公斤', '袋', '13.80', '11.80'],
    ['挂面 1 公斤', '把', '8.90', '7.50'],
    ['食用盐 400 克', '袋', '2.50', '2.00'],
    ['酱油 800 毫升', '瓶', '12.90', '10.90'],
    ['陈醋 500 毫升', '瓶', '8.50', '7.20'],
  ]),
  ...list(
    'drink',
    0,
    [
      ['进口全脂纯牛奶 1 升', '盒', '11.50', '9.20', 'box'],
      ['进口葡萄汁 1 升', '瓶', '16.80', '14.80', 'kettle'],
      ['进口红茶 100 克', '盒', '22.00', '19.00'],
    ],
    { papers: '报关单 410199-2026-001，检验检疫证明 410199-A' },
  ),
  ...list(
    'snack',
    0,
    [
      ['进口黄油饼干 400 克', '盒', '18.90', '15.90', 'box'],
      ['进口巧克力 100 克', '块', '9.90', '8.50'],
      ['进口蜂蜜 500 克', '瓶', '35.00', '29.00'],
      ['进口燕麦片 1 公斤', '袋', '29.90', '25.00'],
      ['进口意面 500 克', '袋', '9.80', '8.30'],
    ],
    { papers: '报关单 410199-2026-002，检验检疫证明 410199-B' },
  ),
  ...list(
    'fresh',
    2,
    [
      ['土豆', '克', '1.98', '1.60'],
      ['白菜', '克', '0.99', '0.80'],
      ['苹果', '克', '4.98', '4.20'],
      ['鲜豆腐', '克', '2.58', '2.20'],
      ['五花肉', '克', '14.80', '12.80'],
    ],
    { perQuantity: 500 },
  ),
  ...list('fresh', 2, [
    ['鸡蛋 30 枚', '板', '21.80', '18.50', 'box'],
    ['豆腐皮 300 克', '包', '4.50', '3.80'],
    ['香菇 250 克', '盒', '6.80', '5.80'],
  ]),
  ...list('household', 3, [
    ['抽纸 10 包', '提', '19.90', '16.90', 'box'],
    ['洗衣液 3 公斤', '瓶', '29.90', '25.90', 'kettle'],
    ['洗洁精 1.5 公斤', '瓶', '11.80', '9.90', 'kettle'],
    ['垃圾袋 100 只', '卷', '8.80', '7.50'],
    ['LED 灯泡 9 瓦', '只', '7.90', '6.50', 'lamp'],
    ['保温壶 2 升', '只', '49.00', '42.00', 'kettle'],
    ['五号电池 8 节', '板', '15.90', '13.50'],
  ]),
  ...list('care', 3, [
    ['香皂 4 块', '组', '13.90', '11.90'],
    ['牙膏 180 克', '支', '9.90', '8.40'],
    ['洗发水 750 毫升', '瓶', '32.80', '27.90', 'kettle'],
    ['成人护理垫 10 片', '包', '29.90', '23.90'],
  ]),
  ...list('clothing', 3, [
    ['纯棉毛巾', '条', '9.90', '8.00', 'quilt'],
    ['加厚棉袜 5 双', '组', '19.90', '16.90'],
    ['冬季棉拖鞋', '双', '22.00', '18.00', 'shoes'],
    ['珊瑚绒毯 1.5 米', '条', '59.00', '49.00', 'blanket'],
  ]),
];
