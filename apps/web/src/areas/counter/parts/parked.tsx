import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, say } from '../../../shared/ui/index.ts';
import type { Line } from '../till/basket.ts';
import { tillStore, type TillState } from '../till/store.ts';
import { timeWords } from './words.ts';

interface ParkedProps {
  till: TillState;
  lines: readonly Line[];
  memberCode: string | null;
  /** True when something was paid for it already: then it is finished, not put aside. */
  isPaid: boolean;
  onParked: () => void;
  onRecall: (lines: Line[], memberCode: string | null) => void;
}

/** Puts a basket aside for somebody who goes back to a shelf, and takes it up again. */
export function Parked({ till, lines, memberCode, isPaid, onParked, onRecall }: ParkedProps) {
  const { t } = useTranslation('counter');
  const [isOpen, setOpen] = useState(false);
  const recall = async (id: string) => {
    const found = till.parked.find((one) => one.id === id);
    if (!found) return;
    onRecall(found.lines, found.memberCode ?? null);
    setOpen(false);
    await tillStore.unpark(id);
  };
  return (
    <>
      <Button
        wide
        refusedBecause={isPaid ? t('sell.paidNotParked') : undefined}
        onPress={() => {
          if (lines.length === 0) return;
          if (lines.some((line) => line.discountFen > 0)) say(t('sell.parkedPrice'));
          void tillStore.park(lines, memberCode).then(onParked);
        }}
      >
        {t('sell.park')}
      </Button>
      {till.parked.length > 0 && lines.length === 0 && (
        <Button wide expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {t('sell.recall', { count: till.parked.length })}
        </Button>
      )}
      {isOpen && (
        <ul className="till-parked">
          {till.parked.map((one) => (
            <li key={one.id}>
              <Button wide onPress={() => void recall(one.id)}>
                {t('sell.parkedAt', { time: timeWords(one.at), count: one.lines.length })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
