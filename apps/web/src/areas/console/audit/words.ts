import { useTranslation } from 'react-i18next';
import { registerTexts } from '../../../shared/i18n/index.ts';

registerTexts('audit', {
  zh: () => import('./texts/zh.ts'),
  en: () => import('./texts/en.ts'),
});

const CODE = /^[a-z_]+$/;

/**
 * What the audit's codes mean, in the reader's words: what was done, or which turn of the server's own it was, what it
 * was done to, and why. A code without words stays a code: an entry may be older than the words.
 */
export function useAuditWords(): Record<'act' | 'thing' | 'reason', (code: string) => string> {
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
    reason: (code) =>
      CODE.test(code)
        ? word(`reasons.${code}`, 'audit', word(`codes.move.${code}`, 'console', code))
        : code,
    thing: (code) => (code === 'none' ? '' : word(`things.${code}`, 'audit', code)),
  };
}
