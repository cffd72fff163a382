import { parseYuan, yuanNumber } from '@wennuan/basics';
import { useState } from 'react';
import { TextField, YuanField } from '../../../shared/ui/index.ts';

interface NumberFieldProps {
  name: string;
  label: string;
  hint?: string;
  value: number | null;
  onChange: (value: number | null) => void;
  /** `fen` is written in yuan. */
  unit?: 'fen' | 'whole';
  error?: string;
  optional?: boolean;
  hideLabel?: boolean;
}

const wholeOf = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null);

/** A whole number, or an amount in yuan; what cannot be read stays as it is typed and counts as not written. */
export function NumberField({ unit = 'whole', value, onChange, ...props }: NumberFieldProps) {
  const isMoney = unit === 'fen';
  const read = (text: string) => {
    if (!isMoney) return wholeOf(text);
    return /^0+(\.0{0,2})?$/.test(text.trim()) ? 0 : parseYuan(text);
  };
  const shown = value === null ? '' : isMoney ? yuanNumber(value) : String(value);
  const [typed, setTyped] = useState(shown);
  const text = value !== null && read(typed) !== value ? shown : typed;
  function change(next: string) {
    setTyped(next);
    onChange(read(next));
  }
  return isMoney ? (
    <YuanField {...props} value={text} onChange={change} />
  ) : (
    <TextField {...props} value={text} onChange={change} inputMode="numeric" short />
  );
}
