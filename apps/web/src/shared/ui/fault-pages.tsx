import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Page } from './page.tsx';

/** The address leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('error.notFoundTitle')}>
      <p>{t('error.notFoundBody')}</p>
      <p>
        <Link to="/">{t('error.home')}</Link>
      </p>
    </Page>
  );
}

/** A page broke while it was drawn; what was typed is in drafts. */
export function PageFailed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Page title={t('error.pageTitle')}>
      <p>{t('error.pageBody')}</p>
      <Button kind="primary" onPress={onRetry}>
        {t('retry')}
      </Button>
    </Page>
  );
}
