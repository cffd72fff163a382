import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../shared/session/session.ts';
import { LanguageSwitch, Page, SideNav } from '../../../shared/ui/index.ts';
import { useNavigation } from '../parts/navigation.ts';
import { SessionBox, SignOut } from '../parts/shell.tsx';
import { usePhone } from '../parts/width.ts';
import type { Session } from '../../../shared/session/session.ts';

/** On the telephone: every page of one's role, the role switch and the way out. */
export function MorePage() {
  const { session } = useSession();
  const phone = usePhone();
  if (!session) return null;
  return phone ? <More session={session} /> : <Navigate to="/desk" replace />;
}

function More({ session }: { session: Session }) {
  const { t } = useTranslation('console');
  const { grouped } = useNavigation(session);
  return (
    <Page title={t('shell.more')}>
      <SessionBox session={session} />
      {grouped.map(({ group, label, items }) => (
        <section key={group} className="console-group">
          <h2>{label}</h2>
          <SideNav label={label} items={items} />
        </section>
      ))}
      <p className="row">
        <LanguageSwitch />
        <SignOut />
      </p>
    </Page>
  );
}
