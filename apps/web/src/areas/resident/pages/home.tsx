import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import { holds, type Session, useSession } from '../../../shared/session/session.ts';
import { Listed, ButtonLink, Card, Loaded, Money, Page } from '../../../shared/ui/index.ts';
import { icons } from '../parts/icons.tsx';
import { MatterCard } from '../parts/matter-card.tsx';

/** The first screen: what can I ask, what can I give, what moved of mine, what is near me. */
export function HomePage() {
  const { t } = useTranslation('resident');
  const { session } = useSession();
  // Once a worker has met her, she is greeted by her name; an account alone is only the end of a number.
  const name = useRouteWhen(holds(session, 'person.own'), routes.file.myName).data?.name;
  const title = session
    ? t('home.titleNamed', { name: name ?? session.displayName })
    : t('home.title');
  return (
    <Page title={title} lead={<p>{t('home.lead')}</p>}>
      {(!session || holds(session, 'need.own')) && <Ask />}
      <section className="stack-tight" aria-labelledby="give">
        <h2 id="give">{t('home.give')}</h2>
        <div className="ask-grid">
          <Link to="/wall" className="ask-tile">
            <TileWords icon={icons.wall} title={t('home.wall')} hint={t('home.wallHint')} />
          </Link>
          <Link to="/my/offers/new" className="ask-tile">
            <TileWords icon={icons.offer} title={t('home.offer')} hint={t('home.offerHint')} />
          </Link>
        </div>
      </section>
      <section className="stack-tight" aria-labelledby="mine">
        <h2 id="mine">{t('home.mine')}</h2>
        {session === null && <SignInCard />}
        {session && <Mine />}
      </section>
      <section className="stack-tight" aria-labelledby="near">
        <h2 id="near">{t('home.near')}</h2>
        <Near session={session} />
      </section>
    </Page>
  );
}

/** The two ways to ask; an organisation that gives asks for nothing here. */
function Ask() {
  const { t } = useTranslation('resident');
  return (
    <section className="stack-tight" aria-labelledby="ask">
      <h2 id="ask">{t('home.ask')}</h2>
      <div className="ask-grid">
        <Link
          to="/my/needs/new"
          search={{ kind: 'micro_wish' }}
          className="ask-tile"
          data-main="true"
        >
          <TileWords icon={icons.wish} title={t('home.wish')} hint={t('home.wishHint')} />
        </Link>
        <Link to="/my/needs/new" search={{ kind: 'help_request' }} className="ask-tile">
          <TileWords icon={icons.help} title={t('home.help')} hint={t('home.helpHint')} />
        </Link>
      </div>
    </section>
  );
}

function TileWords({ icon, title, hint }: { icon: ReactNode; title: string; hint: string }) {
  return (
    <>
      {icon}
      <strong>{title}</strong>
      <small>{hint}</small>
    </>
  );
}

function SignInCard() {
  const { t } = useTranslation('resident');
  return (
    <Card>
      <p>{t('home.signInFirst')}</p>
      <ButtonLink to="/my/sign-in">{t('signIn.title')}</ButtonLink>
    </Card>
  );
}

/** What is one's own: a resident's matters, or what an enterprise gave and promised. */
function Mine() {
  const { session } = useSession();
  return holds(session, 'need.own') ? <OwnMatters /> : <OwnGiving />;
}

function OwnGiving() {
  const { t } = useTranslation('resident');
  const { session } = useSession();
  return (
    <ul className="stack-tight">
      {holds(session, 'claim.own') && (
        <li>
          <Link to="/my/claims">{t('claims.title')}</Link>
        </li>
      )}
      <li>
        <Link to="/my/pledges">{t('pledges.title')}</Link>
      </li>
      <li>
        <Link to="/my/kind-gifts">{t('kindGifts.title')}</Link>
      </li>
    </ul>
  );
}

function OwnMatters() {
  const { t } = useTranslation('resident');
  const query = useList(routes.need.mine, { query: { limit: 2 } });
  const inbox = useRoute(routes.message.inbox, { query: { limit: 1 } });
  return (
    <>
      {inbox.data !== undefined && inbox.data.unread > 0 && (
        <p>
          <Link to="/my/messages">{t('home.unread', { count: inbox.data.unread })}</Link>
        </p>
      )}
      <p>
        <Link to="/my/aid">{t('aid.homeTile')}</Link>
      </p>
      <Listed list={query} empty={<p className="soft">{t('home.mineNone')}</p>}>
        {(items) => (
          <>
            {items.map((need) => (
              <MatterCard key={need.id} need={need} />
            ))}
            <p>
              <Link to="/my/needs">{t('home.mineAll')}</Link>
            </p>
          </>
        )}
      </Listed>
    </>
  );
}

function Near({ session }: { session: Session | null | undefined }) {
  const { t } = useTranslation('resident');
  const areaCode = session?.area?.code;
  const query = useRouteWhen(session !== undefined, routes.need.wall, {
    query: { areaCode, state: 'open', limit: 4 },
  });
  return (
    <>
      {session && !areaCode && (
        <Card>
          <p>{t('home.chooseArea')}</p>
          <ButtonLink to="/my/settings" hash="field-street">
            {t('home.chooseAreaDo')}
          </ButtonLink>
        </Card>
      )}
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('home.nearNone')}</p>
          ) : (
            <ul className="stack-tight">
              {items.map((wish) => (
                <Card key={wish.id} as="li" link>
                  <div className="row-between">
                    <Link to="/wishes/$needId" params={{ needId: wish.id }}>
                      <strong>{wish.title}</strong>
                    </Link>
                    <span className="soft small">{wish.area.name}</span>
                  </div>
                  {wish.targetFen > wish.givenFen && (
                    <StillNeeds fen={wish.targetFen - wish.givenFen} />
                  )}
                </Card>
              ))}
            </ul>
          )
        }
      </Loaded>
      <p>
        <Link to="/wall">{t('home.nearAll')}</Link>
      </p>
    </>
  );
}

function StillNeeds({ fen }: { fen: number }) {
  const { t } = useTranslation('resident');
  const [before, after] = t('home.stillNeeds', { amount: '|' }).split('|');
  return (
    <span className="soft">
      {before}
      <Money fen={fen} />
      {after}
    </span>
  );
}
