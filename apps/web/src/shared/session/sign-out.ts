import { routes, type RouteOutput } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../api/query.ts';
import { type ApiRefusal, asRefusal } from '../api/refusal.ts';
import { forgetDrafts } from '../draft.ts';

/**
 * Ends the session and leaves nothing of it on the device: no drafts, no answers in memory. `leave`
 * answers true when it is done; the page then goes where it wants.
 */
export function useSignOut() {
  const call = useApi();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ApiRefusal | null>(null);
  async function leave(): Promise<boolean> {
    setBusy(true);
    try {
      await call(routes.session.signOut);
    } catch (thrown) {
      setRefusal(asRefusal(thrown));
      return false;
    } finally {
      setBusy(false);
    }
    forgetDrafts();
    const nobody: RouteOutput<typeof routes.session.current> = { session: null };
    client.setQueryData([routes.session.current.path, {}], nobody);
    const kept: readonly unknown[] = [
      routes.session.current.path,
      routes.place.district.path,
      routes.place.areas.path,
    ];
    // After the page has noticed that nobody is signed in, so that it does not ask again as nobody.
    setTimeout(() =>
      client.removeQueries({ predicate: ({ queryKey }) => !kept.includes(queryKey[0]) }),
    );
    return true;
  }
  return { leave, busy, refusal };
}
