import { Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SessionGate } from '../../shared/session/session-gate.tsx';
import { homeOf, type Session } from '../../shared/session/session.ts';
import { ButtonLink, Page, useRoom } from '../../shared/ui/index.ts';
import { SessionBox, Shell, SignOut } from './parts/shell.tsx';
import './styles/console.css';
import './styles/desk.css';
import './styles/books.css';
import './styles/goods.css';
import './styles/file.css';
import './styles/roster.css';
import './styles/cash.css';
import './styles/program.css';
import './styles/record.css';
import './styles/aid.css';

/** Round every page of the console: nobody gets past it without signing in as staff. */
export function ConsoleLayout() {
  useRoom('console');
  const path = useLocation({ select: (location) => location.pathname });
  if (path.startsWith('/desk/sign-in')) return <Outlet />;
  return (
    <SessionGate signIn="/desk/sign-in">
      {(session) =>
        homeOf(session.activeRole) !== '/my' ? (
          <Shell session={session} />
        ) : (
          <NotAtDesk session={session} />
        )
      }
    </SessionGate>
  );
}

function NotAtDesk({ session }: { session: Session }) {
  const { t } = useTranslation('console');
  return (
    <Page title={t('shell.notHere')} lead={t('shell.notHereBody')}>
      <SessionBox session={session} />
      <p className="form-actions">
        <ButtonLink kind="primary" to="/my">
          {t('shell.residentRoom')}
        </ButtonLink>
        <SignOut />
      </p>
    </Page>
  );
}
