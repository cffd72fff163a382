import { formatYuan } from '@wennuan/basics';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page, useRoom } from '../../../shared/ui/index.ts';
import { hearTotal, type ShownTotal } from '../parts/second-screen.ts';
import '../counter.css';

/** The second screen: what the basket comes to, and what merchants give because of it. */
export function ScreenPage() {
  const { t } = useTranslation('counter');
  useRoom('screen');
  const [total, setTotal] = useState<ShownTotal | null>(null);
  useEffect(() => hearTotal(setTotal), []);
  return (
    <Page title={t('screen.title')} lead={<p>{t('screen.lead')}</p>} width="wide">
      {total && total.goodsFen > 0 && (
        <div className="till-screen" role="status">
          <p className="till-label">{t('screen.total')}</p>
          <p className="till-amount">{formatYuan(total.goodsFen)}</p>
          <p className="till-label">
            {t('screen.share')} {formatYuan(total.shareFen)}
          </p>
        </div>
      )}
    </Page>
  );
}
