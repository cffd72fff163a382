import { formatYuan } from '@wennuan/basics';
import { shapes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';

/** How many of each note and coin, as typed. */
export type Notes = Readonly<Record<string, string>>;

/** What was typed as counts; what is no number counts as none. */
export function countsOf(notes: Notes): Record<string, number> {
  return Object.fromEntries(
    Object.entries(notes).flatMap(([worth, typed]) => {
      const count = Number(typed);
      return Number.isSafeInteger(count) && count > 0 ? [[worth, count]] : [];
    }),
  );
}

interface NotesFieldProps {
  value: Notes;
  onChange: (value: Notes) => void;
}

/** Counts cash by notes and coins, with the sum as it grows. */
export function NotesField({ value, onChange }: NotesFieldProps) {
  const { t } = useTranslation('console');
  const fen = Object.entries(countsOf(value)).reduce(
    (sum, [worth, count]) => sum + Number(worth) * count,
    0,
  );
  return (
    <fieldset className="field">
      <legend>{t('cash.pieces')}</legend>
      <div className="notes">
        {shapes.denominations.map((worth) => {
          const words = formatYuan(worth);
          return (
            <label key={worth} className="notes-row">
              <span>{words}</span>
              <input
                className="input input-short"
                name={`note-${worth}`}
                inputMode="numeric"
                autoComplete="off"
                maxLength={6}
                aria-label={t('cash.pieceOf', { worth: words })}
                value={value[worth] ?? ''}
                onChange={(event) => onChange({ ...value, [worth]: event.target.value })}
              />
            </label>
          );
        })}
      </div>
      <p className="notes-sum" role="status">
        {t('cash.sum', { amount: formatYuan(fen) })}
      </p>
    </fieldset>
  );
}
