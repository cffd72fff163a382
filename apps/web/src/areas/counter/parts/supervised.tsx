import { useTranslation } from 'react-i18next';
import type { Values } from '../../../shared/values.ts';
import { CodeField, TextField } from '../../../shared/ui/index.ts';

/** What a till asks before it gives something away: why, and the code of somebody else. */
export interface Allowed {
  supervisorCode: string;
  reason: string;
}

/** Nothing allowed yet. */
export const notAllowed: Allowed = { supervisorCode: '', reason: '' };

/** The two fields of it; the server checks the code. */
export function Supervised({ field, reason }: { field: Values<Allowed>['field']; reason: string }) {
  const { t } = useTranslation('counter');
  return (
    <>
      <TextField {...field('reason')} label={reason} />
      <CodeField {...field('supervisorCode')} type="password" label={t('sell.supervisor')} />
    </>
  );
}
