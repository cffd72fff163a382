import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/connection.ts';

/** Says when the network or the server is away, and when it is back; then asks for everything on screen again. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const state = useSyncExternalStore(
    connection.subscribe,
    connection.current,
    () => 'fine' as const,
  );
  useEffect(() => {
    if (state === 'back') void client.invalidateQueries();
  }, [state, client]);
  return (
    <div role="status" className="connection-slot">
      {state !== 'fine' && (
        <p className="connection-banner" data-state={state}>
          {t(`connection.${state}`)}
        </p>
      )}
    </div>
  );
}
