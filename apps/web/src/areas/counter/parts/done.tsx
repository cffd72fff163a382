import { formatYuan } from '@wennuan/basics';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PrintButton } from '../../../shared/print/print-sheet.tsx';
import { type Line, lineFen, totalsOf } from '../till/basket.ts';
import type { RungOutcome, TillState } from '../till/store.ts';
import { ShareWords } from './share-words.tsx';
import { SlipPaper } from './slip-paper.tsx';

type Kept = Exclude<RungOutcome, { state: 'refused' }>;

interface DoneProps {
  till: TillState;
  lines: readonly Line[];
  outcome: Kept;
  changeFen: number;
  onNext: () => void;
}

/** Paid: the change in big type, the slip, and on to the next with Enter. */
export function Done({ till, lines, outcome, changeFen, onNext }: DoneProps) {
  const { t } = useTranslation('counter');
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  const { number } = outcome;
  return (
    <section className="till-narrow" role="status">
      <h2>{t('pay.done')}</h2>
      {changeFen > 0 && (
        <>
          <p className="till-label">{t('pay.change')}</p>
          <p className="till-amount">{formatYuan(changeFen)}</p>
        </>
      )}
      <p>
        {outcome.state === 'recorded'
          ? t('pay.recorded', { number })
          : t(outcome.state === 'practice' ? 'pay.practice' : 'pay.waiting')}
      </p>
      <div className="form-actions">
        <button ref={next} type="button" className="button button-primary" onClick={onNext}>
          {t('pay.next')}
        </button>
        <PrintButton
          label={t('pay.print')}
          sheet={<Slip till={till} lines={lines} number={number} />}
        />
      </div>
      {outcome.state !== 'practice' && <p className="soft">{t('pay.printerGone', { number })}</p>}
    </section>
  );
}

/** The slip of what was just rung up. */
function Slip({
  till,
  lines,
  number,
}: {
  till: TillState;
  lines: readonly Line[];
  number: string;
}) {
  const { goods, till: own } = till.snapshot!.data;
  const totals = totalsOf(lines, goods);
  return (
    <SlipPaper
      placeName={own.placeName}
      number={number}
      at={Date.now()}
      lines={lines.map((line) => {
        const good = goods.find((one) => one.variantId === line.variantId);
        const words = `${good?.title ?? ''} ${good?.label ?? ''} ${line.quantity}${good?.unit ?? ''}`;
        return { words, amountFen: lineFen(line, good) };
      })}
      paidFen={totals.goodsFen}
      share={<ShareWords totals={totals} slip />}
    />
  );
}
