import { parseYuan } from '@wennuan/basics';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, TextField } from '../../../shared/ui/index.ts';
import { type Line, lineFen } from '../till/basket.ts';
import type { TillState } from '../till/store.ts';
import { useValues } from '../../../shared/values.ts';
import { type Allowed, notAllowed, Supervised } from './supervised.tsx';

interface DiscountProps {
  till: TillState;
  lines: readonly Line[];
  onLines: (lines: Line[]) => void;
  onAllowed: (allowed: Allowed) => void;
}

/** A lower price for the last line, with another person's code and a reason; the server checks both. */
export function Discount({ till, lines, onLines, onAllowed }: DiscountProps) {
  const { t } = useTranslation('counter');
  const [isOpen, setOpen] = useState(false);
  const [yuan, setYuan] = useState('');
  const { value: allowed, field, update } = useValues(notAllowed);
  const line = lines.at(-1);
  if (!line) return null;
  const good = till.snapshot!.data.goods.find((one) => one.variantId === line.variantId);
  const fen = parseYuan(yuan);
  const whole = lineFen({ ...line, discountFen: 0 }, good);
  const isRight =
    fen !== null &&
    fen < whole &&
    allowed.supervisorCode.length === 6 &&
    allowed.reason.trim() !== '';
  const apply = () => {
    if (!isRight) return;
    onLines(lines.map((one) => (one === line ? { ...one, discountFen: fen } : one)));
    onAllowed(allowed);
    setOpen(false);
    setYuan('');
    update({ supervisorCode: '' });
  };
  return (
    <>
      <Button
        wide
        refusedBecause={till.online ? undefined : t('sell.discountOffline')}
        onPress={() => setOpen(true)}
      >
        {t('sell.discount')}
      </Button>
      <Dialog
        title={t('sell.discountOf', { name: good?.title ?? '' })}
        open={isOpen}
        onClose={() => setOpen(false)}
      >
        <TextField
          name="discount"
          label={t('sell.discountYuan')}
          inputMode="decimal"
          value={yuan}
          onChange={setYuan}
          short
        />
        <Supervised field={field} reason={t('sell.reason')} />
        <Button kind="primary" onPress={apply}>
          {t('sell.apply')}
        </Button>
      </Dialog>
    </>
  );
}
