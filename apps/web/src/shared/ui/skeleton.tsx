import { useTranslation } from 'react-i18next';

/** Grey lines where text will be; said once to screen readers. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="skeleton-line" aria-hidden="true" />
      ))}
    </div>
  );
}

/** A whole page that is not there yet. */
export function PageSkeleton() {
  return (
    <main id="main" className="page page-narrow">
      <Skeleton lines={5} />
    </main>
  );
}
