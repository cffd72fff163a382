import { useTranslation } from 'react-i18next';

/** What products on sale can be; meals and packs are sold by other ways. */
export const categories = [
  'grain_oil',
  'fresh',
  'snack',
  'drink',
  'household',
  'care',
  'clothing',
  'other',
] as const;

/** Answers the words of a category. */
export function useCategoryWords() {
  const { t } = useTranslation('console');
  return (category: (typeof categories)[number]) => t(`shop.categories.${category}`);
}
