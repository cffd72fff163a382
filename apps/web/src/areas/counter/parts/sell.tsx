import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callServer } from '../../../shared/api/client.ts';
import { Button } from '../../../shared/ui/index.ts';
import { addLine, type Good, type Line, readEntry, totalsOf } from '../till/basket.ts';
import { missingOffline } from '../till/left.ts';
import { tillStore, type TillState } from '../till/store.ts';
import { type Allowed, Discount } from './discount.tsx';
import { Entry } from './entry.tsx';
import { Lines } from './lines.tsx';
import { Parked } from './parked.tsx';
import { Pay } from './pay.tsx';
import { showTotal } from './second-screen.ts';
import { sentenceOf } from './words.ts';
import { ShareWords } from './share-words.tsx';

/** One basket: scan, weigh, correct; then the payment. Keyboard and scanner only need the one field. */
export function Sell({ till, active }: { till: TillState; active: boolean }) {
  const { t } = useTranslation('counter');
  const basket = useBasket(till);
  const { lines, setLines, choices, told, member, allowed, totals, goods, clear } = basket;
  if (basket.paying)
    return (
      <Pay
        till={till}
        basket={{ lines, memberCode: member, ...(allowed ?? { supervisorCode: null, reason: '' }) }}
        onBack={() => basket.setPaying(false)}
        onDone={clear}
      />
    );
  return (
    <div className="till-sell">
      <section className="till-left">
        <Entry
          label={t('sell.entry')}
          hint={t('sell.entryHint')}
          onEnter={basket.enter}
          active={active}
        />
        <p className="till-told" role="alert">
          {told}
        </p>
        {choices.length > 0 && (
          <ol className="till-choices">
            {choices.map((good) => (
              <li key={good.variantId}>
                <Button onPress={() => basket.add(good, good.perQuantity)}>
                  {good.title} {good.label} {formatYuan(good.priceFen)}
                </Button>
              </li>
            ))}
          </ol>
        )}
        <Lines lines={lines} goods={goods} onChange={setLines} />
      </section>
      <aside className="till-right">
        <p className="till-label">{t('sell.total')}</p>
        <p className="till-amount">{formatYuan(totals.goodsFen)}</p>
        <ShareWords totals={totals} />
        {member && <p>{t('sell.member', { code: member })}</p>}
        <Button kind="primary" wide onPress={basket.startPaying}>
          {t('sell.pay')}
        </Button>
        <Parked till={till} lines={lines} onParked={clear} onRecall={setLines} />
        <Discount till={till} lines={lines} onLines={setLines} onAllowed={basket.setAllowed} />
        {till.practice && (
          <Button onPress={() => tillStore.setPractice(false)}>{t('line.practice')}</Button>
        )}
      </aside>
    </div>
  );
}

/** The basket, and what each scan or word does to it. */
function useBasket(till: TillState) {
  const { t } = useTranslation('counter');
  const { goods } = till.snapshot!.data;
  const [lines, setLines] = useState<Line[]>([]);
  const [choices, setChoices] = useState<Good[]>([]);
  const [told, setTold] = useState('');
  const [member, setMember] = useState<string | null>(null);
  const [allowed, setAllowed] = useState<Allowed | null>(null);
  const [paying, setPaying] = useState(false);
  const totals = totalsOf(lines, goods);
  useEffect(() => showTotal(totals), [totals.goodsFen, totals.shareFen]);
  const clear = () => {
    setLines([]);
    setMember(null);
    setAllowed(null);
    setTold('');
    setPaying(false);
  };
  const add = (good: Good, quantity: number) => {
    setChoices([]);
    setLines((now) => addLine(now, good, quantity));
    setTold(
      till.online && good.available < quantity
        ? t('sell.stockLow', { title: good.title, left: good.available })
        : '',
    );
  };
  const asMember = async (code: string) => {
    setMember(code);
    const { till: own } = till.snapshot!.data;
    try {
      const priced = await callServer(routes.counter.price, {
        params: { tillId: own.id },
        body: {
          memberCode: code,
          lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
        },
      });
      setLines((now) =>
        now.map((line, index) => ({
          ...line,
          priceFen: priced.lines[index]?.priceFen ?? line.priceFen,
        })),
      );
    } catch (thrown) {
      setMember(null);
      setTold(t('sell.memberWrong', { sentence: sentenceOf(thrown, t('line.offline')) }));
    }
  };
  const startPaying = () => {
    if (lines.length === 0) return setTold(t('sell.emptyBody'));
    const missing =
      till.online || till.practice
        ? null
        : missingOffline(till.snapshot!.data, till.journal, lines);
    if (missing) return setTold(t('sell.notAlong', missing));
    if (!till.online && lines.some((line) => line.discountFen > 0))
      return setTold(t('sell.discountOffline'));
    setTold('');
    setPaying(true);
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
    lines,
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
    startPaying,
    enter,
  };
}
