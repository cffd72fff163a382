import { routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useDistrict } from '../../../shared/session/district.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, ButtonLink, Loaded, Page, State } from '../../../shared/ui/index.ts';
import { drawnColumn, wordColumn } from '../parts/columns.tsx';
import { EmptyRows, WholeTable } from '../parts/list-table.tsx';
import { type Roster, RosterForm } from '../parts/roster-form.tsx';
import { RosterImport } from '../parts/roster-import.tsx';

const DAY_MILLIS = 86_400_000;

/** Rosters with their last delivery and its age, and taking new ones in. */
export function RostersPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const query = useRoute(routes.roster.list);
  const [edited, setEdited] = useState<Roster | null>(null);
  const mayWrite = holds(session, 'roster.write');
  const columns = useRosterColumns(mayWrite ? setEdited : null);
  const navigate = useNavigate();
  return (
    <Page title={t('rosters.title')} lead={t('rosters.lead')} width="wide">
      <Loaded query={query}>
        {({ items, groups }) => (
          <>
            {mayWrite && (
              <RosterImport waiting={items.flatMap(({ waitingId }) => waitingId ?? [])} />
            )}
            <WholeTable
              label={t('rosters.list')}
              rows={items}
              columns={columns}
              rowKey={(roster) => roster.id}
              onOpen={({ waitingId, delivery }) => {
                const deliveryId = waitingId ?? delivery?.id;
                if (deliveryId)
                  void navigate({ to: '/desk/rosters/$deliveryId', params: { deliveryId } });
              }}
              empty={<EmptyRows title={t('rosters.emptyTitle')} body={t('rosters.emptyBody')} />}
            />
            {edited && (
              <RosterForm roster={edited} groups={groups} onClose={() => setEdited(null)} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Whole days since an instant, on the district's calendar. */
function useAge() {
  const { t } = useTranslation('console');
  const today = useDistrict()?.today;
  return (at: string) => {
    const now = today ? Date.parse(`${today}T23:59:59+08:00`) : Date.now();
    const days = Math.max(0, Math.floor((now - Date.parse(at)) / DAY_MILLIS));
    return days === 0 ? t('rosters.today') : t('rosters.days', { count: days });
  };
}

function useRosterColumns(onEdit: ((roster: Roster) => void) | null): Column<Roster>[] {
  const { t } = useTranslation('console');
  const age = useAge();
  return [
    wordColumn('name', t('rosters.name'), (one) => one.name),
    wordColumn('department', t('rosters.department'), (one) => one.departmentName),
    wordColumn('group', t('rosters.group'), (one) =>
      one.registersDeaths ? t('rosters.deaths') : (one.groupName ?? t('rosters.noGroup')),
    ),
    {
      key: 'rows',
      header: t('rosters.rows'),
      numeric: true,
      value: (one) => one.rowCount,
      cell: (one) => one.rowCount,
    },
    {
      key: 'unplaced',
      header: t('rosters.unplaced'),
      numeric: true,
      value: (one) => one.unplacedCount,
      cell: (one) => one.unplacedCount,
    },
    drawnColumn('imported', t('rosters.imported'), {
      words: (one) => one.delivery?.importedAt ?? null,
      draw: ({ delivery, waitingId }) => (
        <>
          {delivery ? age(delivery.importedAt) : t('rosters.never')}
          {waitingId && (
            <ButtonLink
              to="/desk/rosters/$deliveryId"
              params={{ deliveryId: waitingId }}
              kind="quiet"
            >
              <State tone="warned">{t('rosters.waiting')}</State>
            </ButtonLink>
          )}
        </>
      ),
    }),
    {
      key: 'see',
      header: t('rosters.acts'),
      cell: (one) => (
        <span className="task-acts">
          {one.delivery && (
            <ButtonLink to="/desk/rosters/$deliveryId" params={{ deliveryId: one.delivery.id }}>
              {t('delivery.understood')}
            </ButtonLink>
          )}
          {onEdit && <Button onPress={() => onEdit(one)}>{t('rosters.settings')}</Button>}
        </span>
      ),
    },
  ];
}
