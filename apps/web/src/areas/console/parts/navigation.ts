import { type Role, routes } from '@wennuan/contract';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../../shared/api/query.ts';
import { holds, type Session } from '../../../shared/session/session.ts';
import type { NavItem } from '../../../shared/ui/index.ts';
import { groups, type Place, places } from './places/index.ts';

/** Where roles without tasks of their own begin their day. */
const firstOf: Partial<Record<Role, Place['to']>> = {
  auditor: '/desk/audit',
  administrator: '/desk/accounts',
};

/** The navigation of a session: its pages with what waits in each, by group. */
export function useNavigation(session: Session) {
  const { t } = useTranslation('console');
  const counts = useRouteWhen(holds(session, 'desk.read'), routes.desk.counts).data;
  const adding = useLocation({ select: ({ pathname }) => pathname.startsWith('/desk/needs/new') });
  // The list is not marked while a new need is registered: that is a place of its own.
  const isExact = ({ key, exact }: Place) =>
    exact ?? (key === 'newNeed' || (key === 'needs' && adding));
  const mine = places.filter((place) => holds(session, place.permission));
  const itemOf = (place: Place): NavItem => {
    const waiting = counts?.byKind.filter((kind) => place.waits?.includes(kind.kind)) ?? [];
    const overdue = waiting.reduce((sum, kind) => sum + kind.overdue, 0);
    const isDesk = place.key === 'desk';
    return {
      to: place.to,
      label: t(`shell.${place.key}`),
      exact: isExact(place),
      count: isDesk ? counts?.total : waiting.reduce((sum, kind) => sum + kind.count, 0),
      tone: (isDesk ? (counts?.overdue ?? 0) : overdue) > 0 ? 'late' : 'quiet',
    };
  };
  return {
    places: mine,
    isExact,
    first: firstOf[session.activeRole] ?? mine[0]?.to ?? '/desk/messages',
    grouped: groups
      .map((group) => ({
        group,
        label: t(`shell.groups.${group}`),
        items: mine.filter((place) => place.group === group).map(itemOf),
      }))
      .filter(({ items }) => items.length > 0),
  };
}
