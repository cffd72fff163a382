import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useBrand, useDistrict } from '../../shared/session/district.ts';
import { homeOf, useSession } from '../../shared/session/session.ts';
import { ButtonLink } from '../../shared/ui/index.ts';
import { Preferences } from './parts/preferences.tsx';
import { ReportLink } from './parts/report-link.tsx';
import { useFederation } from './parts/words.ts';

const places = [
  ['wall', '/wall'],
  ['campaigns', '/campaigns'],
  ['funds', '/funds'],
  ['responses', '/responses'],
  ['policies', '/policies'],
  ['slips', '/slips'],
  ['help', '/help'],
  ['about', '/about'],
] as const;

/** Pages for whoever wants to look closer; at the foot of each page. */
const record = [
  ['disclosures', '/disclosures'],
  ['complaints', '/complaints'],
  ['check', '/check'],
  ['log', '/log'],
  ['open', '/open'],
] as const;

/** Round every page of the public area: where one is, where one can go, who answers for it. */
export function PublicLayout() {
  return (
    <div className="public">
      <TopBar />
      <Outlet />
      <Footer />
    </div>
  );
}

function TopBar() {
  const { t } = useTranslation('public');
  const brand = useBrand();
  return (
    <header className="public-top">
      <div className="public-top-inner">
        <Link to="/" className="brand">
          <img src="/icon.svg" alt="" width="28" height="28" />
          {brand}
        </Link>
        <Account />
        <Preferences />
        <nav className="public-nav" aria-label={t('nav.menu')}>
          <Places />
        </nav>
      </div>
    </header>
  );
}

/** Sign in, or the way to one's own pages. */
function Account() {
  const { t } = useTranslation('public');
  const { t: shared } = useTranslation();
  const { session } = useSession();
  if (!session) return <ButtonLink to="/my/sign-in">{shared('signIn')}</ButtonLink>;
  const home = homeOf(session.activeRole);
  return <ButtonLink to={home}>{t(home === '/my' ? 'nav.my' : 'nav.desk')}</ButtonLink>;
}

function Places() {
  const { t } = useTranslation('public');
  return (
    <ul>
      {places.map(([name, to]) => (
        <li key={to}>
          <Link to={to}>{t(`nav.${name}`)}</Link>
        </li>
      ))}
    </ul>
  );
}

/** The address of a gift or slip is its owner's key: a report says only which kind of page it is about. */
function withoutKeys(pathname: string): string {
  return pathname.replace(/^\/(gifts|slips)\/.*/, '/$1');
}

function Footer() {
  const { t } = useTranslation('public');
  const district = useDistrict();
  const federation = useFederation();
  const pathname = useLocation({ select: (location) => location.pathname });
  return (
    <footer className="public-foot">
      <div className="public-foot-inner">
        <nav aria-label={t('nav.foot')}>
          <ul>
            {places.map(([name, to]) => (
              <li key={to}>
                <Link to={to}>{t(`nav.${name}`)}</Link>
              </li>
            ))}
            {record.map(([name, to]) => (
              <li key={to}>
                <Link to={to}>{t(`nav.${name}`)}</Link>
              </li>
            ))}
          </ul>
        </nav>
        <p>{t('footer.answer', { federation })}</p>
        <p>{t('footer.contact', { federation })}</p>
        <ReportLink subject={{ kind: 'page', code: withoutKeys(pathname) }} />
        {district?.demo && <p className="demo-mark">{t('footer.demo')}</p>}
      </div>
    </footer>
  );
}
