import { newId } from '@wennuan/basics';
import { routes, SALE_LINES_MOST } from '@wennuan/contract';
import type { TFunction } from 'i18next';
import { useEffect, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callServer } from '../../../shared/api/client.ts';
import { addLine, type Good, type Line, type Paid, readEntry, totalsOf } from '../till/basket.ts';
import type { KeptBasket } from '../till/journal.ts';
import { missingOffline } from '../till/left.ts';
import { tillStore, type TillState } from '../till/store.ts';
import type { Allowed } from './supervised.tsx';
import { showTotal } from './second-screen.ts';
import { sentenceOf } from './words.ts';

export type OpenBasket = ReturnType<typeof useBasket>;
type Kept = ReturnType<typeof useKept>;

const emptyBasket = (): KeptBasket => ({
  id: newId(),
  lines: [],
  memberCode: null,
  paid: [],
  steps: [],
  asking: null,
});

/** The basket of before; a lower price goes with the supervisor's code, which nothing keeps. */
function resumed({ practice, basket }: TillState): KeptBasket | null {
  if (practice || !basket) return null;
  return { ...basket, lines: basket.lines.map((line) => ({ ...line, discountFen: 0 })) };
}

/** What the basket holds and what was taken for it, on the device's disk with each change. */
function useKept(till: TillState) {
  const [kept, setKept] = useState(() => resumed(till) ?? emptyBasket());
  // Asked for before the change is seen.
  useLayoutEffect(() => void tillStore.keepBasket(kept), [kept]);
  const change = (part: (now: KeptBasket) => Partial<KeptBasket>) =>
    setKept((now) => ({ ...now, ...part(now) }));
  return {
    ...kept,
    change,
    setLines: (lines: Line[]) => change(() => ({ lines })),
    setMember: (memberCode: string | null) => change(() => ({ memberCode })),
    setPaid: (paid: Paid[]) => change(() => ({ paid })),
    addStep: (step: string) => change((now) => ({ steps: [...now.steps, step] })),
    /** Notes on the disk that a payment is asked for, before anybody is asked. */
    async ask(asking: KeptBasket['asking']): Promise<void> {
      await tillStore.keepBasket({ ...kept, asking });
      change(() => ({ asking }));
    },
    empty: () => setKept(emptyBasket()),
  };
}

/** The basket, and what each scan or word does to it. */
export function useBasket(till: TillState) {
  const { t } = useTranslation('counter');
  const { goods } = till.snapshot!.data;
  const kept = useKept(till);
  const { lines, setLines, memberCode: member } = kept;
  const [choices, setChoices] = useState<Good[]>([]);
  const [told, setTold] = useState(() =>
    !till.practice && till.basket?.lines.some((line) => line.discountFen > 0)
      ? t('sell.priceAgain')
      : '',
  );
  const [allowed, setAllowed] = useState<Allowed | null>(null);
  // What was paid before a crash is finished first.
  const [paying, setPaying] = useState(kept.paid.length > 0 || kept.asking !== null);
  const totals = totalsOf(lines, goods);
  useEffect(() => showTotal(totals), [totals.goodsFen, totals.shareFen]);
  const clear = () => {
    kept.empty();
    setAllowed(null);
    setTold('');
    setPaying(false);
  };
  const add = (good: Good, quantity: number) => {
    setChoices([]);
    kept.change((now) => ({ lines: addLine(now.lines, good, quantity) }));
    setTold(
      till.online && good.available < quantity
        ? t('sell.stockLow', { title: good.title, left: good.available })
        : '',
    );
  };
  const { asMember, reprice } = usePrices(till, kept, setTold);
  const startPaying = () => {
    const refused = whyNotPaid(t, till, lines);
    setTold(refused ?? '');
    setPaying(refused === null);
  };
  const enter = (typed: string) => {
    if (choices.length > 0 && /^[1-9]$/.test(typed)) {
      const good = choices[Number(typed) - 1];
      if (good) return add(good, good.perQuantity);
    }
    if (typed.trim() === '') return startPaying();
    const read = readEntry(typed, goods);
    if (read.kind === 'good') return add(read.good, read.quantity);
    if (read.kind === 'member') return void asMember(read.text);
    setChoices(read.kind === 'several' ? read.goods : []);
    if (read.kind === 'several') setTold(t('sell.several'));
    else if (read.kind === 'unknown') setTold(t('sell.unknown', { text: read.text }));
    else setTold(t('sell.scanAtPay'));
  };
  return {
    ...kept,
    setLines,
    choices,
    told,
    member,
    allowed,
    setAllowed,
    paying,
    setPaying,
    totals,
    goods,
    clear,
    add,
    reprice,
    startPaying,
    enter,
    recall: (parked: Line[], memberCode: string | null) =>
      kept.change(() => ({ lines: parked, memberCode })),
  };
}

/** A member's prices, and prices as they are by now. */
function usePrices(till: TillState, kept: Kept, setTold: (told: string) => void) {
  const { t } = useTranslation('counter');
  const asMember = async (code: string) => {
    kept.setMember(code);
    try {
      const prices = await memberPrices(till, code, kept.lines);
      kept.change((now) => ({
        lines: now.lines.map((line, index) => ({
          ...line,
          priceFen: prices[index]?.priceFen ?? line.priceFen,
        })),
      }));
    } catch (thrown) {
      kept.setMember(null);
      setTold(t('sell.memberWrong', { sentence: sentenceOf(thrown, t('line.offline')) }));
    }
  };
  /** Prices as they are by now: the buyer is shown the new total before she pays it. */
  const reprice = async () => {
    await tillStore.refresh();
    const fresh = new Map(
      tillStore.get().snapshot!.data.goods.map((good) => [good.variantId, good.priceFen]),
    );
    kept.change((now) => ({
      lines: now.lines.map((line) => ({
        ...line,
        priceFen: fresh.get(line.variantId) ?? line.priceFen,
      })),
    }));
    if (kept.memberCode) await asMember(kept.memberCode);
  };
  return { asMember, reprice };
}

async function memberPrices(till: TillState, memberCode: string, lines: readonly Line[]) {
  const priced = await callServer(routes.counter.price, {
    params: { tillId: till.snapshot!.data.till.id },
    body: {
      memberCode,
      lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    },
  });
  return priced.lines;
}

/** Why a basket cannot be paid now; null when it can. */
function whyNotPaid(t: TFunction<'counter'>, till: TillState, lines: readonly Line[]) {
  if (lines.length === 0) return t('sell.emptyBody');
  if (lines.length > SALE_LINES_MOST) return t('sell.tooLong', { most: SALE_LINES_MOST });
  if (till.online || till.practice) return null;
  const missing = missingOffline(till.snapshot!.data, till.journal, lines);
  if (missing) return t('sell.notAlong', missing);
  return lines.some((line) => line.discountFen > 0) ? t('sell.discountOffline') : null;
}
