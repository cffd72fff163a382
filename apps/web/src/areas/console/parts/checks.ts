import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * What the page itself finds wrong before it sends. `pass` is given a sentence per field, or nothing where
 * the field is fine; it shows what is wrong and answers whether all is fine.
 */
export function useChecks() {
  const [errors, setErrors] = useState<Record<string, string>>({});
  function pass(found: Record<string, string | false | null | undefined>): boolean {
    const wrong = Object.entries(found).filter((entry): entry is [string, string] => !!entry[1]);
    setErrors(Object.fromEntries(wrong));
    return wrong.length === 0;
  }
  return { errors, pass };
}

/** Answers the sentence for an empty field, or nothing when it holds something. */
export function useFilled() {
  const { t } = useTranslation();
  return (text: string, label: string) => text.trim() === '' && t('field.empty', { label });
}
