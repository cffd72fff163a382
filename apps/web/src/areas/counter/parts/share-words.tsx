import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import type { totalsOf } from '../till/basket.ts';

interface ShareWordsProps {
  totals: ReturnType<typeof totalsOf>;
  /** In the words of the slip. */
  slip?: boolean;
}

/** What a basket gives, before paying and on its slip: the merchants' share, and where a charity sale's whole goes. */
export function ShareWords({ totals, slip = false }: ShareWordsProps) {
  const { t } = useTranslation('counter');
  const { shareFen, charityFen, charityWords } = totals;
  return (
    <>
      {(shareFen > 0 || charityFen === 0) && (
        <p>{t(slip ? 'slip.share' : 'sell.share', { amount: formatYuan(shareFen) })}</p>
      )}
      {charityFen > 0 && (
        <p className="till-charity">
          <strong>{t('sell.charity', { amount: formatYuan(charityFen) })}</strong> {charityWords}
        </p>
      )}
    </>
  );
}
