import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from './width.ts';

/** Filters in a row; folded away on the telephone, where the list comes first. */
export function Filters({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const row = <div className="filters">{children}</div>;
  if (!phone) return row;
  return (
    <details className="filters-fold">
      <summary className="button button-secondary">{t('table.filter')}</summary>
      {row}
    </details>
  );
}
