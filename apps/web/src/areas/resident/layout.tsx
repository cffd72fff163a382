import { routes } from '@wennuan/contract';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../shared/api/query.ts';
import { useBrand, useDistrict } from '../../shared/session/district.ts';
import { useSession } from '../../shared/session/session.ts';
import { useDeskTelephone } from '../../shared/session/telephone.ts';
import {
  BottomBar,
  ButtonLink,
  ElderSwitch,
  LanguageSwitch,
  ReadAloud,
} from '../../shared/ui/index.ts';
import { icons } from './parts/icons.tsx';
import './resident.css';

/** Round every page of a resident: brand, large type, a voice, a person to call, five places. */
export function ResidentLayout() {
  const { t } = useTranslation('resident');
  const brand = useBrand();
  const sandbox = useDistrict()?.sandbox ?? false;
  const { session } = useSession();
  const inbox = useRouteWhen(session != null, routes.message.inbox, { query: { limit: 1 } });
  return (
    <div className="with-bottom-bar">
      <header className="top-bar">
        <div className="top-bar-inner">
          <Link to="/my" className="brand">
            <img src="/icon.svg" alt="" />
            {brand}
          </Link>
          <div className="resident-tools">
            <ElderSwitch />
            <ReadAloud />
            <LanguageSwitch />
          </div>
        </div>
      </header>
      {sandbox && <SandboxMark />}
      <Outlet />
      <CallCommunity />
      <BottomBar
        items={[
          { to: '/my', label: t('nav.home'), icon: icons.home, exact: true },
          { to: '/wall', label: t('nav.wall'), icon: icons.wall },
          { to: '/my/needs/new', label: t('nav.ask'), icon: icons.ask, main: true },
          {
            to: '/my/messages',
            label: t('nav.messages'),
            icon: icons.messages,
            count: inbox.data?.unread,
          },
          { to: '/my/settings', label: t('nav.me'), icon: icons.me },
        ]}
      />
    </div>
  );
}

function SandboxMark() {
  const { t } = useTranslation();
  return (
    <aside className="sandbox-mark" aria-label={t('sandbox.mark')}>
      <strong>{t('sandbox.mark')}</strong>
      <span>{t('sandbox.note')}</span>
    </aside>
  );
}

/** A person to ask, on every page. */
function CallCommunity() {
  const { t } = useTranslation('resident');
  const desk = useDeskTelephone();
  if (desk === undefined) return null;
  if (desk === null)
    return (
      <aside className="call-community" aria-label={t('call.label')}>
        <ButtonLink to="/help">
          {icons.phone}
          {t('call.find')}
        </ButtonLink>
      </aside>
    );
  return (
    <aside className="call-community" aria-label={t('call.label')}>
      <a className="button button-secondary" href={`tel:${desk.telephone.replace(/[^\d+]/g, '')}`}>
        {icons.phone}
        <span>{t('call.to', { name: desk.name })}</span>
        <span className="number">{desk.telephone}</span>
      </a>
    </aside>
  );
}
