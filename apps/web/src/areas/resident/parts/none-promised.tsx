import { useTranslation } from 'react-i18next';
import { ButtonLink, EmptyState } from '../../../shared/ui/index.ts';

/** Nothing promised yet, and the campaigns one could promise to. */
export function NonePromised({ title }: { title: string }) {
  const { t } = useTranslation('resident');
  return (
    <EmptyState title={title}>
      <ButtonLink kind="primary" to="/campaigns">
        {t('pledges.campaigns')}
      </ButtonLink>
    </EmptyState>
  );
}
