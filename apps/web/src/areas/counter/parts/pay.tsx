import { formatYuan, newId, parseYuan } from '@wennuan/basics';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/index.ts';
import { type Paid, payableBy, readEntry } from '../till/basket.ts';
import { type RungOutcome, tillStore, type TillState } from '../till/store.ts';
import { takeVoucher, type Shown } from '../till/take-voucher.ts';
import { type Asking, CodePayment } from './code-payment.tsx';
import { Done } from './done.tsx';
import { Entry } from './entry.tsx';
import { PaperProof } from './paper-proof.tsx';
import { ShareWords } from './share-words.tsx';
import type { OpenBasket } from './use-basket.ts';

interface PayProps {
  till: TillState;
  basket: OpenBasket;
  onBack: () => void;
  onDone: () => void;
}

/** Takes the payment: cash, a code on a telephone, vouchers, or several of them. */
export function Pay({ till, basket, onBack, onDone }: PayProps) {
  const { t } = useTranslation('counter');
  const pay = usePayment(till, basket);
  const { told, paper, asking, outcome, left } = pay;
  const { totals, paid } = basket;
  if (outcome && outcome.state !== 'refused')
    return (
      <Done
        till={till}
        lines={basket.lines}
        outcome={outcome}
        changeFen={pay.changeFen}
        onNext={onDone}
      />
    );
  return (
    <div className="till-sell">
      <section className="till-left">
        <h2>{t('pay.title')}</h2>
        <Entry
          label={t('pay.entry')}
          hint={t('pay.entryHint')}
          onEnter={pay.enter}
          active={!paper}
        />
        <p className="till-told" role="alert">
          {told}
        </p>
        {paper && (
          <PaperProof onProof={(proof) => pay.showPaper(proof)} onBack={() => pay.setPaper(null)} />
        )}
        {asking && (
          <CodePayment
            key={asking.paymentId}
            till={till}
            lines={basket.lines}
            asked={asking}
            onPaid={() => pay.paidByCode(asking)}
            onOver={(sentence) => {
              pay.endAsking();
              pay.setTold(sentence);
            }}
          />
        )}
        <Payments
          paid={paid}
          onRemove={(one) => basket.setPaid(paid.filter((other) => other !== one))}
        />
      </section>
      <aside className="till-right">
        <p className="till-label">{t(paid.length > 0 ? 'pay.left' : 'pay.due')}</p>
        <p className="till-amount">{formatYuan(left)}</p>
        <ShareWords totals={totals} />
        <Button kind="primary" wide busy={pay.busy} onPress={() => pay.enter('')}>
          {t('pay.finish')}
        </Button>
        <Button wide onPress={onBack}>
          {t('pay.back')}
        </Button>
      </aside>
    </div>
  );
}

/** What is taken so far, and what each scan or amount does. */
function usePayment(till: TillState, basket: OpenBasket) {
  const { t } = useTranslation('counter');
  const { goods, totals, paid, setPaid, steps } = basket;
  const [told, setTold] = useState('');
  const [paper, setPaper] = useState<string | null>(null);
  // A payment that was asked for before a crash is asked about; a new one is asked for with the code just scanned.
  const [asking, setAsking] = useState<Asking | null>(basket.asking);
  const [changeFen, setChange] = useState(0);
  const [outcome, setOutcome] = useState<RungOutcome | null>(null);
  const [busy, setBusy] = useState(false);
  const left = totals.goodsFen - paid.reduce((sum, one) => sum + one.amountFen, 0);

  const finish = async (payments: Paid[], back = 0) => {
    if (busy) return;
    setBusy(true);
    const rung = await tillStore
      .ring({ ...saleOf(basket), payments })
      .catch((): RungOutcome => ({ state: 'refused', sentence: t('line.storeBroken') }));
    setBusy(false);
    setChange(back);
    if (rung.state !== 'refused') return setOutcome(rung);
    const isDearer = rung.code === 'price_changed';
    setTold(
      `${t('pay.refused', { sentence: rung.sentence })}${isDearer ? t('sell.newTotal') : ''}`,
    );
    // Cash in the hand is counted anew against the new total; what a service took, it took.
    setPaid(isDearer ? payments.filter((one) => one.means !== 'cash') : payments);
    if (isDearer) await basket.reprice();
  };
  const add = (payment: Paid, back = 0) => {
    const payments = [...paid, payment];
    setTold('');
    // In one step: what a service took is asked for no more, and paid.
    basket.change((now) => ({
      paid: payments,
      asking: payment.means === 'wechat' ? null : now.asking,
    }));
    if (payments.reduce((sum, one) => sum + one.amountFen, 0) === totals.goodsFen)
      void finish(payments, back);
  };
  const addVoucher = (shown: Shown) => {
    setPaper(null);
    if ('refused' in shown) return setTold(shown.sentence ?? t(`pay.${shown.refused}`));
    if (paid.some((one) => one.entitlementId === shown.entitlementId))
      return setTold(t('pay.sameVoucher'));
    const payable = Math.min(left, shown.leftFen, payableBy(shown.goods, basket.lines, goods));
    const what =
      shown.paysFor.length > 0 ? t('pay.paysFor', { goods: shown.paysFor.join('、') }) : '';
    if (payable <= 0) return setTold(t('pay.nothingPayable', { goods: what }));
    if (shown.step) basket.addStep(shown.step);
    add({
      means: shown.kind === 'coupon' ? 'coupon' : 'voucher',
      amountFen: payable,
      entitlementId: shown.entitlementId,
      scanId: shown.scanId,
      label: t('pay.voucherLeft', {
        label: shown.label,
        left: formatYuan(shown.leftFen),
        payable: formatYuan(payable),
      }),
    });
  };
  const enterCash = (fen: number) => {
    if (fen >= left) add({ means: 'cash', amountFen: left }, fen - left);
    else add({ means: 'cash', amountFen: fen });
  };
  const enter = (typed: string) => {
    const text = typed.trim();
    if (asking) return setTold(t('pay.askedFirst'));
    if (text === '') return left > 0 ? enterCash(left) : void finish(paid);
    const read = readEntry(text, []);
    if (read.kind === 'voucher') {
      if (till.practice) return addVoucher(practiceVoucher(t('pay.practiceVoucher')));
      if (till.online && read.text.startsWith('WP')) return setPaper(read.text);
      return void takeVoucher(till, { text: read.text, proof: '', steps }).then(addVoucher);
    }
    if (read.kind === 'pay_code') {
      if (!till.online) return setTold(t('pay.onlyOnline'));
      const asked = { paymentId: newId(), amountFen: left };
      return void basket.ask(asked).then(() => setAsking({ ...asked, authCode: read.text }));
    }
    const fen = /^\d{1,6}(\.\d{1,2})?$/.test(text) ? parseYuan(text) : null;
    if (fen === null) return setTold(t('pay.unreadable', { text }));
    return enterCash(fen);
  };
  const endAsking = () => {
    setAsking(null);
    void basket.ask(null);
  };
  return {
    told,
    setTold,
    paper,
    setPaper,
    asking,
    endAsking,
    paidByCode: ({ paymentId, amountFen }: Asking) => {
      setAsking(null);
      add({ means: 'wechat', amountFen, codePaymentId: paymentId });
    },
    changeFen,
    outcome,
    busy,
    left,
    enter,
    showPaper: (proof: string) =>
      void takeVoucher(till, { text: paper!, proof, steps }).then(addVoucher),
  };
}

function saleOf({ id, lines, member, allowed, steps }: OpenBasket) {
  return { id, lines, memberCode: member, steps, ...(allowed ?? noneAllowed) };
}

const noneAllowed = { supervisorCode: null, reason: '' };
const PRACTICE_FEN = 2_000;

/** A voucher that is none: whoever practises must not use up a real one. */
const practiceVoucher = (label: string): Shown => ({
  entitlementId: newId(),
  scanId: null,
  kind: 'voucher',
  label,
  leftFen: PRACTICE_FEN,
  goods: [],
  paysFor: [],
  step: null,
});

function Payments({ paid, onRemove }: { paid: readonly Paid[]; onRemove: (one: Paid) => void }) {
  const { t } = useTranslation('counter');
  return (
    <ul className="till-payments">
      {paid.map((one, index) => (
        <li key={`${one.means}:${String(index)}`} className="row-between">
          <span>{one.label ?? t(`means.${one.means}`)}</span>
          <strong className="till-line-amount">{formatYuan(one.amountFen)}</strong>
          {one.means !== 'wechat' && (
            <Button kind="quiet" onPress={() => onRemove(one)}>
              {t('pay.remove')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
