import { useTranslation } from 'react-i18next';
import { Notice } from '../../../shared/ui/index.ts';
import { useFederation } from './words.ts';

/** C-20: wherever hardship is spoken of, that it is no personal appeal, and who answers for its truth. */
export function HardshipNotice({ area, money }: { area: string; money: boolean }) {
  const { t } = useTranslation('public');
  const federation = useFederation();
  return (
    <Notice title={t('hardship.title')}>
      <p>{t(money ? 'hardship.wish' : 'hardship.goodsOnly', { area, federation })}</p>
      <p>{t('footer.contact', { federation })}</p>
    </Notice>
  );
}
