import { routes } from '@wennuan/contract';
import { Link, type LinkProps, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { useElder } from '../../../shared/preferences.ts';
import { holds, type Session, useSession } from '../../../shared/session/session.ts';
import { useSignOut } from '../../../shared/session/sign-out.ts';
import {
  Button,
  ButtonLink,
  Card,
  Checkbox,
  Form,
  LanguageSwitch,
  Page,
  RefusalNotice,
  RoleSwitch,
  say,
} from '../../../shared/ui/index.ts';
import { CommunityField } from '../parts/community-field.tsx';

/** Me: the way to all that is mine, type size, language, community, role, signing out. */
export function SettingsPage() {
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const { session } = useSession();
  const { elder, setElder } = useElder();
  return (
    <Page
      title={t('settings.title')}
      lead={session && <p>{t('settings.signedInAs', { name: session.displayName })}</p>}
    >
      {session ? (
        <Menu session={session} />
      ) : (
        <ButtonLink kind="primary" to="/my/sign-in">
          {shared('signIn')}
        </ButtonLink>
      )}
      <Card as="section">
        <h2>{t('settings.display')}</h2>
        <Checkbox
          name="elder"
          label={t('settings.elder')}
          hint={t('settings.elderHint')}
          checked={elder}
          onChange={setElder}
        />
        <div>
          <LanguageSwitch />
        </div>
      </Card>
      {session && (
        <>
          <HomeArea session={session} />
          <RoleSwitch
            label={t('settings.role')}
            nameOf={(role) => shared(`role.${role as 'resident'}`)}
          />
          <SignOut />
        </>
      )}
      <p className="soft small">{t('settings.complaint')}</p>
    </Page>
  );
}

function Menu({ session }: { session: Session }) {
  const { t } = useTranslation('resident');
  const places: [LinkProps['to'], string][] = [];
  if (holds(session, 'need.own')) places.push(['/my/needs', t('settings.matters')]);
  if (holds(session, 'claim.own')) places.push(['/my/claims', t('settings.claims')]);
  if (holds(session, 'need.own'))
    places.push(['/my/aid', t('aid.title')], ['/my/entitlements', t('entitled.title')]);
  places.push(
    ['/my/gifts', t('settings.gifts')],
    ['/my/offers', t('settings.offers')],
    ['/my/handouts', t('handouts.title')],
    ['/mall/groups', t('settings.groups')],
    ['/my/kind-gifts', t('kindGifts.title')],
    ['/my/messages', t('settings.messages')],
    ['/my/messages/settings', t('settings.push')],
    ['/my/data', t('settings.data')],
  );
  return (
    <ul className="menu-list">
      {places.map(([to, label]) => (
        <li key={label}>
          <Link to={to}>{label}</Link>
        </li>
      ))}
    </ul>
  );
}

function HomeArea({ session }: { session: Session }) {
  const { t } = useTranslation('resident');
  const setArea = useCall(routes.session.setHomeArea);
  const [areaCode, setAreaCode] = useState(session.area?.code ?? '');
  async function save() {
    const saved = await setArea.send({ body: { areaCode } }).catch(() => null);
    if (saved) say(t('settings.areaSaved'));
  }
  return (
    <Card as="section">
      <h2>{t('settings.area')}</h2>
      <Form onSend={() => void save()} call={setArea}>
        <CommunityField value={areaCode} onChange={setAreaCode} />
        {areaCode && areaCode !== session.area?.code && (
          <Button type="submit" busy={setArea.busy}>
            {t('settings.areaSave')}
          </Button>
        )}
      </Form>
    </Card>
  );
}

function SignOut() {
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const navigate = useNavigate();
  const signOut = useSignOut();
  const leave = async () => {
    if (await signOut.leave()) await navigate({ to: '/my' });
  };
  return (
    <div className="stack-tight">
      {signOut.refusal && <RefusalNotice refusal={signOut.refusal} />}
      <Button kind="danger" busy={signOut.busy} onPress={() => void leave()}>
        {shared('signOut')}
      </Button>
      <small className="soft">{t('settings.signOutNote')}</small>
    </div>
  );
}
