import { type Role, routes, type RouteOutput } from '@wennuan/contract';
import { useRoute } from '../api/query.ts';

export type Session = NonNullable<RouteOutput<typeof routes.session.current>['session']>;

/**
 * Who is signed in: `session` is null when nobody is, undefined until it is known. `asking` while the
 * server is being asked again, as after signing in.
 */
export function useSession(): { session: Session | null | undefined; asking: boolean } {
  const query = useRoute(routes.session.current);
  return { session: query.data?.session, asking: query.isFetching };
}

/** Where a role begins its day. */
export function homeOf(role: Role): '/my' | '/desk' | '/counter' {
  if (role === 'station_operator') return '/counter';
  return role === 'resident' || role === 'enterprise_agent' ? '/my' : '/desk';
}

/** True when the active role holds the permission: to leave out what would only be refused. */
export function holds(session: Session | null | undefined, permission: string): boolean {
  return session?.permissions.includes(permission) ?? false;
}
