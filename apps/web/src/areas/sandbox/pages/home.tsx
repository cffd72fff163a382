import { useTranslation } from 'react-i18next';
import { Page } from '../../../shared/ui/page.tsx';

export function HomePage() {
  const { t } = useTranslation('sandbox');
  return <Page title={t('home.title')}>{null}</Page>;
}
