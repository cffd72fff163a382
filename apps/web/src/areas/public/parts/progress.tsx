import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';

/** How much has come of what is needed, as a bar and in words. */
export function Progress({ givenFen, targetFen }: { givenFen: number; targetFen: number }) {
  const { t } = useTranslation('public');
  const leftFen = Math.max(0, targetFen - givenFen);
  const share = targetFen > 0 ? Math.min(1, givenFen / targetFen) : 1;
  return (
    <div className="progress">
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="progress-ground" width="100" height="6" />
        <rect className="progress-value" data-full={leftFen === 0} width={share * 100} height="6" />
      </svg>
      <p>
        <strong className="number">
          {leftFen > 0 ? t('wish.left', { left: formatYuan(leftFen) }) : t('wish.full')}
        </strong>
        <span className="soft small">
          {t('wish.progress', { given: formatYuan(givenFen), target: formatYuan(targetFen) })}
        </span>
      </p>
    </div>
  );
}
