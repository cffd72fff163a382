import { formatYuan } from '@wennuan/basics';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { timeWords } from './words.ts';

interface SlipPaperProps {
  placeName: string;
  number: string;
  at: number | string;
  /** Said to be one, when it is printed again. */
  isCopy?: boolean;
  lines: readonly { words: string; amountFen: number }[];
  paidFen: number;
  /** Given back since. */
  backFen?: number;
  /** What the sale gives, and to whom. */
  share: ReactNode;
}

/** The paper of a sale: goods and what was paid, never with what. A voucher's looks like any other. */
export function SlipPaper({ placeName, number, at, isCopy = false, ...slip }: SlipPaperProps) {
  const { t } = useTranslation('counter');
  return (
    <section className="till-slip">
      <h2>{t('slip.title', { place: placeName })}</h2>
      <p>
        {isCopy && `${t('slips.copy')} · `}
        {t('slip.number')} {number} · {timeWords(at)}
      </p>
      <table>
        <tbody>
          {slip.lines.map((line, index) => (
            <tr key={index}>
              <td>{line.words}</td>
              <td>{formatYuan(line.amountFen)}</td>
            </tr>
          ))}
          <tr>
            <td>
              <strong>{t('slip.paid')}</strong>
            </td>
            <td>
              <strong>{formatYuan(slip.paidFen)}</strong>
            </td>
          </tr>
          {(slip.backFen ?? 0) > 0 && (
            <tr>
              <td>{t('slips.back')}</td>
              <td>{formatYuan(slip.backFen!)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {slip.share}
      <p>{t('slip.thanks')}</p>
    </section>
  );
}
