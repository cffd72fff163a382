import { useTranslation } from 'react-i18next';
import { registerTexts } from '../../../shared/i18n/index.ts';

registerTexts('audit', {
  zh: () => import('./texts/zh.ts'),
  en: () => import('./texts/en.ts'),
});

/**
 * What the audit's codes mean, in the reader's words: what was done, or which turn of the server's own it was, and what
 * it was done to. A code without words stays a code: an entry may be older than the words.
 */
export function useAuditWords(): { act(code: string): string; thing(code: string): string } {
  const { i18n } = useTranslation('audit');
  const word = (key: string, ns: 'audit' | 'console', otherwise: string): string =>
    i18n.t(key, { ns, defaultValue: otherwise });
  return {
    act: (code) =>
      code.startsWith('need.')
        ? word(
            `codes.move.${code.slice('need.'.length)}`,
            'console',
            word(`acts.${code}`, 'audit', code),
          )
        : word(`acts.${code}`, 'audit', word(`machinery.${code}`, 'audit', code)),
    thing: (code) => (code === 'none' ? '' : word(`things.${code}`, 'audit', code)),
  };
}
