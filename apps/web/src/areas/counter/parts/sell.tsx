import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/index.ts';
import { tillStore, type TillState } from '../till/store.ts';
import { Discount } from './discount.tsx';
import { Entry } from './entry.tsx';
import { Lines } from './lines.tsx';
import { Parked } from './parked.tsx';
import { Pay } from './pay.tsx';
import { ShareWords } from './share-words.tsx';
import { useBasket } from './use-basket.ts';

/** One basket: scan, weigh, correct; then the payment. Keyboard and scanner only need the one field. */
export function Sell({ till, active }: { till: TillState; active: boolean }) {
  const { t } = useTranslation('counter');
  const basket = useBasket(till);
  const { lines, setLines, choices, told, member, totals, goods, clear } = basket;
  if (basket.paying)
    return (
      <Pay till={till} basket={basket} onBack={() => basket.setPaying(false)} onDone={clear} />
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
        <Parked
          till={till}
          lines={lines}
          memberCode={member}
          isPaid={basket.paid.length > 0}
          onParked={clear}
          onRecall={basket.recall}
        />
        <Discount till={till} lines={lines} onLines={setLines} onAllowed={basket.setAllowed} />
        {till.practice && (
          <Button onPress={() => tillStore.setPractice(false)}>{t('line.practice')}</Button>
        )}
      </aside>
    </div>
  );
}
