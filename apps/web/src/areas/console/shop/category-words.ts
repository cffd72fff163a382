import type { shelfCategories } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';

/** Answers the words of a category. */
export function useCategoryWords() {
  const { t } = useTranslation('console');
  return (category: (typeof shelfCategories)[number]) => t(`shop.categories.${category}`);
}
