import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../../shared/session/district.ts';
import { LanguageSwitch } from '../../shared/ui/index.ts';

/** Round every page of the sandbox: it is marked, so that nobody takes it for the real thing. */
export function SandboxLayout() {
  const { t } = useTranslation();
  const brand = useBrand();
  return (
    <>
      <header className="top-bar">
        <div className="top-bar-inner">
          <Link to="/" className="brand">
            <img src="/icon.svg" alt="" />
            {brand}
          </Link>
          <LanguageSwitch />
        </div>
      </header>
      <aside className="sandbox-mark" aria-label={t('sandbox.mark')}>
        <strong>{t('sandbox.mark')}</strong>
        <span>{t('sandbox.note')}</span>
      </aside>
      <Outlet />
    </>
  );
}
