import { parseYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';

/** What is wrong with an amount in yuan as it was typed: the sentence for one that is missing, or for one nobody can read; none when it is fine. */
export function useAmountCheck(): (yuan: string, missing: string) => string | undefined {
  const { t } = useTranslation();
  return (yuan, missing) => {
    if (parseYuan(yuan)) return undefined;
    return yuan.trim() === '' ? missing : t('field.amountWrong');
  };
}
