import { useTranslation } from 'react-i18next';
import { Page } from '../../../shared/ui/page.tsx';

export function SignInPage() {
  const { t } = useTranslation('resident');
  return <Page title={t('home.title')}>{null}</Page>;
}
