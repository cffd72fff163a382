import { routes } from '@wennuan/contract';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { forgetDrafts } from '../../../shared/draft.ts';
import { useBrand, useDistrict } from '../../../shared/session/district.ts';
import type { Session } from '../../../shared/session/session.ts';
import {
  BottomBar,
  Button,
  LanguageSwitch,
  type NavItem,
  RoleSwitch,
  SideNav,
} from '../../../shared/ui/index.ts';
import { Icon } from './icons.tsx';
import { useNavigation } from './navigation.ts';
import { useSend } from './send.ts';
import { usePhone } from './width.ts';

/** Role, area and whom one is deputy for, in one line. */
function useRoleWords(session: Session): string {
  const { t } = useTranslation('console');
  const held = session.roles.find((role) => role.id === session.activeRoleId);
  const place = held?.organizationName ?? session.area?.name;
  const role = t(`codes.role.${session.activeRole}`);
  const words = place ? t('shell.as', { role, area: place }) : role;
  return held?.deputyFor ? `${words} · ${t('shell.deputyFor', { name: held.deputyFor })}` : words;
}

/** The console's frame: on the desk the navigation is at the left, on the telephone at the bottom. */
export function Shell({ session }: { session: Session }) {
  const phone = usePhone();
  const district = useDistrict();
  const { t } = useTranslation();
  return (
    <div className="console" data-phone={phone || undefined}>
      {phone ? <PhoneTop session={session} /> : <Side session={session} />}
      <div className="console-main">
        {district?.sandbox && (
          <aside className="sandbox-mark" aria-label={t('sandbox.mark')}>
            <strong>{t('sandbox.mark')}</strong> {t('sandbox.note')}
          </aside>
        )}
        <Outlet />
      </div>
      {phone && <PhoneBar session={session} />}
    </div>
  );
}

function Side({ session }: { session: Session }) {
  const { t } = useTranslation('console');
  const { grouped } = useNavigation(session);
  return (
    <header className="console-side">
      <Brand />
      <SessionBox session={session} />
      {grouped.map(({ group, label, items }) => (
        <section key={group} className="console-group">
          <h2>{label}</h2>
          <SideNav label={label} items={items} />
        </section>
      ))}
      <div className="console-foot">
        <Link to="/">{t('shell.publicSite')}</Link>
        <LanguageSwitch />
        <SignOut />
      </div>
    </header>
  );
}

function Brand() {
  const brand = useBrand();
  const { t } = useTranslation('console');
  return (
    <Link to="/desk" className="brand">
      <img src="/icon.svg" alt="" />
      <span>
        {brand} <small>{t('shell.title')}</small>
      </span>
    </Link>
  );
}

/** Who is at work, in which role, and the switch to another one. */
export function SessionBox({ session }: { session: Session }) {
  const { t } = useTranslation('console');
  const words = useRoleWords(session);
  return (
    <div className="console-session">
      <strong>{session.displayName}</strong>
      <span className="soft small">{words}</span>
      <RoleSwitch
        label={t('shell.role')}
        nameOf={(role) => t(`codes.role.${role as Session['activeRole']}`)}
      />
    </div>
  );
}

/** Ends the session; drafts of this device are forgotten, since the next one here may be somebody else. */
export function SignOut() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signOut = useSend(routes.session.signOut);
  return (
    <Button
      kind="quiet"
      busy={signOut.busy}
      onPress={() =>
        signOut.run({}, () => {
          forgetDrafts();
          void navigate({ to: '/desk/sign-in' });
        })
      }
    >
      {t('signOut')}
    </Button>
  );
}

function PhoneTop({ session }: { session: Session }) {
  const words = useRoleWords(session);
  return (
    <header className="top-bar">
      <div className="top-bar-inner">
        <Brand />
        <span className="soft small">{words}</span>
      </div>
    </header>
  );
}

function PhoneBar({ session }: { session: Session }) {
  const { t } = useTranslation('console');
  const { places, isExact } = useNavigation(session);
  const adds = places.find((place) => place.key === 'newNeed');
  const others = places.filter((place) => place.key !== 'newNeed');
  const shown = adds ? [...others.slice(0, 2), adds, ...others.slice(2, 3)] : others.slice(0, 4);
  const items: NavItem[] = shown.map((place) => ({
    to: place.to,
    label: t(place.key === 'newNeed' ? 'shell.newNeedShort' : `shell.${place.key}`),
    icon: <Icon name={place.icon} />,
    main: place.key === 'newNeed',
    exact: isExact(place),
  }));
  return (
    <BottomBar
      items={[...items, { to: '/desk/more', label: t('shell.more'), icon: <Icon name="more" /> }]}
    />
  );
}
