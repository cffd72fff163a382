import { refundReasons } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';

/** Why money did not go back, in the reader's language; a payment service's own sentence stays as it said it. */
export function useRefundReason(): (refusal: string) => string {
  const { t } = useTranslation();
  return (refusal) => {
    const known = refundReasons.find((one) => one === refusal);
    return known ? t(`refundReasons.${known}`) : refusal;
  };
}
