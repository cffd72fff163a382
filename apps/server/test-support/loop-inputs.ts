import { isRefusal } from '@wennuan/basics';
import { statutoryAids } from '@wennuan/contract';

/** The code of the refusal, or `done`; anything else thrown is thrown on. */
export function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (thrown: unknown) => {
      if (isRefusal(thrown)) return thrown.code;
      throw thrown;
    },
  );
}

/** What a worker puts in to verify a wish. */
export function wishRecord(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    move: 'verify',
    visitedAt: '2026-11-23T08:50:00+08:00',
    place: '家中',
    seen: '屋里没有风扇',
    finding: 'true',
    priceYuan: '139',
    priceSource: '社区超市',
    secondSource: null,
    validUntil: '2026-12-31',
    publicTitle: '一台风扇',
    publicText: '一位老人夏天怕热，想要一台风扇。',
    ...change,
  };
}

/** What a worker puts in to verify a help request: every statutory aid looked at. */
export function helpRecord(
  refer: readonly string[] = [],
  change: Record<string, unknown> = {},
): Record<string, unknown> {
  return wishRecord({
    publicTitle: null,
    publicText: null,
    priceYuan: null,
    priceSource: null,
    secondSource: '邻居和医院票据',
    statutory: statutoryAids.map((aid) => ({
      aid,
      result: refer.includes(aid) ? 'refer' : 'not_entitled',
      note: '',
    })),
    ...change,
  });
}
