import { formatYuan, parseYuan } from '@wennuan/basics';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/index.ts';
import { type Paid, payableBy, readEntry, totalsOf } from '../till/basket.ts';
import { type RungOutcome, tillStore, type TillState } from '../till/store.ts';
import { takeVoucher, type Shown } from '../till/take-voucher.ts';
import { CodePayment } from './code-payment.tsx';
import { type Basket, Done } from './done.tsx';
import { Entry } from './entry.tsx';
import { PaperProof } from './paper-proof.tsx';
import { ShareWords } from './share-words.tsx';

interface PayProps {
  till: TillState;
  basket: Basket;
  onBack: () => void;
  onDone: () => void;
}

/** Takes the payment: cash, a code on a telephone, vouchers, or several of them. */
export function Pay({ till, basket, onBack, onDone }: PayProps) {
  const { t } = useTranslation('counter');
  const pay = usePayment(till, basket);
  const { totals, paid, told, paper, authCode, outcome, left } = pay;
  if (outcome && outcome.state !== 'refused')
    return (
      <Done
        till={till}
        basket={basket}
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
        {authCode && (
          <CodePayment
            till={till}
            lines={basket.lines}
            amountFen={left}
            authCode={authCode}
            onPaid={(codePaymentId) => {
              pay.setAuthCode(null);
              pay.add({ means: 'wechat', amountFen: left, codePaymentId });
            }}
            onOver={(sentence) => {
              pay.setAuthCode(null);
              pay.setTold(sentence);
            }}
          />
        )}
        <Payments
          paid={paid}
          onRemove={(one) => pay.setPaid(paid.filter((other) => other !== one))}
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
function usePayment(till: TillState, basket: Basket) {
  const { t } = useTranslation('counter');
  const { goods } = till.snapshot!.data;
  const totals = totalsOf(basket.lines, goods);
  const [paid, setPaid] = useState<Paid[]>([]);
  const [steps, setSteps] = useState<string[]>([]);
  const [told, setTold] = useState('');
  const [paper, setPaper] = useState<string | null>(null);
  const [authCode, setAuthCode] = useState<string | null>(null);
  const [changeFen, setChange] = useState(0);
  const [outcome, setOutcome] = useState<RungOutcome | null>(null);
  const [busy, setBusy] = useState(false);
  const left = totals.goodsFen - paid.reduce((sum, one) => sum + one.amountFen, 0);

  const finish = async (payments: Paid[], back = 0) => {
    if (busy) return;
    setBusy(true);
    const rung = await tillStore
      .ring({ ...basket, payments, steps })
      .catch((): RungOutcome => ({ state: 'refused', sentence: t('line.storeBroken') }));
    setBusy(false);
    setChange(back);
    if (rung.state === 'refused') setTold(t('pay.refused', { sentence: rung.sentence }));
    else setOutcome(rung);
    setPaid(payments);
  };
  const add = (payment: Paid, back = 0) => {
    const payments = [...paid, payment];
    setTold('');
    if (payments.reduce((sum, one) => sum + one.amountFen, 0) === totals.goodsFen)
      void finish(payments, back);
    else setPaid(payments);
  };
  const addVoucher = (shown: Shown) => {
    setPaper(null);
    if ('refused' in shown) return setTold(shown.sentence ?? t(`pay.${shown.refused}`));
    const payable = Math.min(left, shown.leftFen, payableBy(shown.goods, basket.lines, goods));
    const what =
      shown.paysFor.length > 0 ? t('pay.paysFor', { goods: shown.paysFor.join('、') }) : '';
    if (payable <= 0) return setTold(t('pay.nothingPayable', { goods: what }));
    if (shown.step) setSteps((now) => [...now, shown.step!]);
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
    if (text === '') return left > 0 ? enterCash(left) : void finish(paid);
    const read = readEntry(text, []);
    if (read.kind === 'voucher') {
      if (till.online && read.text.startsWith('WP')) return setPaper(read.text);
      return void takeVoucher(till, { text: read.text, proof: '', steps }).then(addVoucher);
    }
    if (read.kind === 'pay_code') {
      if (!till.online) return setTold(t('pay.onlyOnline'));
      return setAuthCode(read.text);
    }
    const fen = /^\d{1,6}(\.\d{1,2})?$/.test(text) ? parseYuan(text) : null;
    if (fen === null) return setTold(t('pay.unreadable', { text }));
    return enterCash(fen);
  };
  return {
    totals,
    paid,
    setPaid,
    told,
    setTold,
    paper,
    setPaper,
    authCode,
    setAuthCode,
    changeFen,
    outcome,
    busy,
    left,
    add,
    enter,
    showPaper: (proof: string) =>
      void takeVoucher(till, { text: paper!, proof, steps }).then(addVoucher),
  };
}

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
