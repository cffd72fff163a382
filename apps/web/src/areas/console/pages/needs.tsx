import { routes } from '@wennuan/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { DataTable } from '../../../shared/ui/data-table.tsx';
import {
  Listed,
  ButtonLink,
  ClockState,
  EmptyState,
  Page,
  State,
} from '../../../shared/ui/index.ts';
import { stateTones } from '../parts/codes.ts';
import { type NeedRow, useNeedColumns } from '../parts/need-columns.tsx';
import { NeedFilters, useNeedSearch } from '../parts/need-filters.tsx';
import { usePhone } from '../parts/width.ts';

/** The needs of one's area: filtered by the server, sorted and searched here, opened with Enter. */
export function NeedsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const navigate = useNavigate();
  const phone = usePhone();
  const { search } = useNeedSearch();
  const { scope = 'open', ...rest } = search;
  const filters = {
    ...rest,
    ...(scope === 'open' && { open: true }),
    ...(scope === 'overdue' && { overdue: true }),
  };
  const needs = usePages(routes.need.list, { query: { ...filters, limit: 200 } });
  const columns = useNeedColumns();
  const exportHref = addressOf(routes.need.sheet, { query: filters });
  return (
    <Page
      title={t('need.list.title')}
      lead={t('need.list.lead')}
      width="wide"
      aside={
        holds(session, 'need.file') && (
          <ButtonLink kind="primary" to="/desk/needs/new">
            {t('shell.newNeed')}
          </ButtonLink>
        )
      }
    >
      <NeedFilters />
      <Listed list={needs} lines={8} empty={<NoNeeds />}>
        {(items) =>
          phone ? (
            <NeedCards needs={items} />
          ) : (
            <DataTable
              label={t('need.list.table')}
              rows={items}
              columns={columns}
              rowKey={(row) => row.id}
              exportHref={exportHref}
              onOpen={(row) =>
                void navigate({ to: '/desk/needs/$needId', params: { needId: row.id } })
              }
            />
          )
        }
      </Listed>
    </Page>
  );
}

function NoNeeds() {
  const { t } = useTranslation('console');
  return (
    <EmptyState title={t('need.list.emptyTitle')}>
      <p>{t('need.list.emptyBody')}</p>
    </EmptyState>
  );
}

function NeedCards({ needs }: { needs: readonly NeedRow[] }) {
  const { t } = useTranslation('console');
  return (
    <ul className="tasks">
      {needs.map((need) => (
        <li key={need.id} className="task" data-late={need.clock?.state === 'overdue' || undefined}>
          <span className="task-what">
            <Link to="/desk/needs/$needId" params={{ needId: need.id }} className="task-title">
              {need.title}
            </Link>
            <span className="soft small">
              <span className="number">{need.number}</span> {need.maskedName} · {need.area.name}
            </span>
          </span>
          <span className="task-clock">
            <State tone={stateTones[need.state]}>{t(`codes.state.${need.state}`)}</State>
            {need.clock && <ClockState clock={need.clock} />}
          </span>
        </li>
      ))}
    </ul>
  );
}
