import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import { useSession } from '../../../shared/session/session.ts';
import {
  Card,
  DateText,
  EmptyState,
  Loaded,
  Money,
  Page,
  State,
} from '../../../shared/ui/index.ts';
import {
  GroupProgress,
  type GroupCard,
  groupTones,
  type OwnShare,
  shareTones,
} from './progress.tsx';

/** Group-buys that can be joined, what one takes part with, and what ended lately. */
export function GroupsPage() {
  const { t } = useTranslation('groups');
  const { session } = useSession();
  const query = useRoute(routes.groupBuy.open);
  const mine = useRouteWhen(session != null, routes.groupBuy.mine);
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      {mine.data && mine.data.items.length > 0 && <Mine shares={mine.data.items} />}
      <Loaded query={query} lines={6}>
        {({ items }) => <Lists items={items} />}
      </Loaded>
    </Page>
  );
}

function Lists({ items }: { items: readonly GroupCard[] }) {
  const { t } = useTranslation('groups');
  const open = items.filter((group) => group.state === 'open');
  const ended = items.filter((group) => group.state !== 'open');
  return (
    <>
      <section className="stack-tight" aria-labelledby="groups-open">
        <h2 id="groups-open">{t('open')}</h2>
        {open.length === 0 && (
          <EmptyState title={t('openNone')}>
            <p>{t('openNoneBody')}</p>
          </EmptyState>
        )}
        {open.map((group) => (
          <GroupTile key={group.id} group={group} />
        ))}
      </section>
      {ended.length > 0 && (
        <section className="stack-tight" aria-labelledby="groups-ended">
          <h2 id="groups-ended">{t('ended')}</h2>
          {ended.map((group) => (
            <GroupTile key={group.id} group={group} />
          ))}
        </section>
      )}
    </>
  );
}

function GroupTile({ group }: { group: GroupCard }) {
  const { t } = useTranslation('groups');
  return (
    <Card as="article" link raised={group.state === 'open'}>
      <div className="row-between">
        <h3>
          <Link to="/mall/groups/$code" params={{ code: group.code }}>
            {group.title}
          </Link>
        </h3>
        <State tone={groupTones[group.state]}>{t(`states.${group.state}`)}</State>
      </div>
      <p className="group-price">
        <span>
          <strong>
            <Money fen={group.priceFen} />
          </strong>
          {t('perUnit', { unit: group.unit })}
        </span>
        <span className="soft">{group.placeName}</span>
      </p>
      <GroupProgress group={group} />
      {group.state === 'open' && (
        <p className="soft">
          {t('closes')} <DateText at={group.closesAt} />
        </p>
      )}
    </Card>
  );
}

function Mine({ shares }: { shares: readonly OwnShare[] }) {
  const { t } = useTranslation('groups');
  return (
    <section className="stack-tight" aria-labelledby="groups-mine">
      <h2 id="groups-mine">{t('mine')}</h2>
      <ul className="menu-list plain-list">
        {shares.map((share) => (
          <li key={share.id}>
            <Link to="/mall/groups/$code" params={{ code: share.groupCode }}>
              <span>{share.title}</span>
              <State tone={shareTones[share.state]}>{t(`shareStates.${share.state}`)}</State>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
