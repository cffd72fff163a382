import { routes, taskKinds } from '@wennuan/contract';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { holds, type Session, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonAnchor,
  Checkbox,
  EmptyState,
  Page,
  RefusalNotice,
  Select,
  Skeleton,
} from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import type { Task } from '../parts/codes.ts';
import { Filters } from '../parts/filters.tsx';
import { useKept } from '../parts/kept.ts';
import { ListKeysHelp, useListKeys } from '../parts/list-keys.tsx';
import { useNavigation } from '../parts/navigation.ts';
import { byBuilding } from '../parts/task-groups.ts';
import { TaskRow } from '../parts/task-row.tsx';
import { usePhone } from '../parts/width.ts';

/** Where a role's day begins: what waits for it, soonest clock first. */
export function DeskPage() {
  const { session } = useSession();
  if (!session) return null;
  return holds(session, 'desk.read') ? <Desk /> : <FirstPlace session={session} />;
}

/** Roles without tasks of their own begin on the first page they may see. */
function FirstPlace({ session }: { session: Session }) {
  return <Navigate to={useNavigation(session).first} replace />;
}

const arrangements = ['clock', 'building'] as const;

function Desk() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const search = useSearch({ from: '/desk/' });
  const phone = usePhone();
  const [chosen, setChosen] = useKept<'clock' | 'building' | null>('arrange', null);
  const arrangement = chosen ?? (phone ? 'building' : 'clock');
  const tasks = usePages(routes.desk.tasks, { query: { ...search, limit: 100 } });
  const counts = useRoute(routes.desk.counts).data;
  const list = useRef<HTMLDivElement>(null);
  const keys = useListKeys(list);
  return (
    <Page
      title={t('desk.title')}
      width="wide"
      lead={counts ? t('desk.figures', counts) : t('desk.lead')}
      aside={
        !phone && (
          <span className="row">
            <ListKeysHelp keys={keys} />
            <ButtonAnchor href={addressOf(routes.desk.sheet)} download>
              {t('desk.export')}
            </ButtonAnchor>
          </span>
        )
      }
    >
      <Filters>
        <TaskFilters />
        <Select
          name="arrange"
          label={t('desk.arrange')}
          value={arrangement}
          onChange={(value) => setChosen(oneOf(arrangements, value) ?? null)}
          options={[
            { value: 'clock', label: t('desk.byClock') },
            { value: 'building', label: t('desk.byBuilding') },
          ]}
        />
      </Filters>
      <div ref={list} className="stack" aria-busy={tasks.isPending}>
        {tasks.isPending && <Skeleton lines={6} />}
        {tasks.error && <RefusalNotice refusal={tasks.error} />}
        {!tasks.isPending && !tasks.error && tasks.items.length === 0 && <NoTasks />}
        <TaskLists tasks={tasks.items} grouped={arrangement === 'building'} />
      </div>
      {tasks.hasMore && (
        <Button busy={tasks.busy} onPress={tasks.more}>
          {shared('more')}
        </Button>
      )}
    </Page>
  );
}

function TaskFilters() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const search = useSearch({ from: '/desk/' });
  const navigate = useNavigate({ from: '/desk/' });
  const change = (next: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  return (
    <>
      <Select
        name="kind"
        label={t('desk.kind')}
        value={search.kind ?? ''}
        placeholder={shared('all')}
        onChange={(kind) => change({ kind: oneOf(taskKinds, kind) })}
        options={taskKinds.map((kind) => ({ value: kind, label: t(`codes.task.${kind}`) }))}
      />
      <Checkbox
        name="overdue"
        label={t('desk.overdue')}
        checked={search.overdue ?? false}
        onChange={(on) => change({ overdue: on || undefined })}
      />
      <Checkbox
        name="mine"
        label={t('desk.mine')}
        checked={search.mine ?? false}
        onChange={(on) => change({ mine: on || undefined })}
      />
    </>
  );
}

function TaskLists({ tasks, grouped }: { tasks: readonly Task[]; grouped: boolean }) {
  const { t } = useTranslation('console');
  if (tasks.length === 0) return null;
  // Nothing of an approver's work stands in a building.
  if (!grouped || tasks.every((task) => task.building === null))
    return (
      <ul className="tasks" aria-label={t('desk.tasks')}>
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} showBuilding />
        ))}
      </ul>
    );
  return byBuilding(tasks).map(({ building, tasks: members }) => (
    <section key={building ?? ''} className="stack-tight">
      <h2 className="building">
        {building ?? t('desk.noBuilding')} <span className="count number">{members.length}</span>
      </h2>
      <ul className="tasks">
        {members.map((task) => (
          <TaskRow key={task.id} task={task} showBuilding={false} />
        ))}
      </ul>
    </section>
  ));
}

function NoTasks() {
  const { t } = useTranslation('console');
  const search = useSearch({ from: '/desk/' });
  const navigate = useNavigate({ from: '/desk/' });
  const filtered = search.kind || search.overdue || search.mine;
  if (!filtered)
    return (
      <EmptyState title={t('desk.emptyTitle')}>
        <p>{t('desk.emptyBody')}</p>
      </EmptyState>
    );
  return (
    <EmptyState title={t('desk.emptyFilter')}>
      <Button onPress={() => void navigate({ search: {}, replace: true })}>
        {t('desk.clearFilter')}
      </Button>
    </EmptyState>
  );
}
