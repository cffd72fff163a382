import { routes } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { ButtonLink, Page, Select } from '../../../shared/ui/index.ts';
import { dateColumn, drawnColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { distributionStates, type PlanRow, planTones } from '../parts/goods-codes.ts';
import { ListTable } from '../parts/list-table.tsx';
import { oneOf } from '../routes.root.tsx';

/** Distributions of one's area: what, when, for how many, how far. */
export function DistributionsPage() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { session } = useSession();
  const { state } = useSearch({ from: '/desk/distributions' });
  const navigate = useNavigate();
  const list = usePages(routes.distribution.list, { query: { state, limit: 100 } });
  return (
    <Page
      title={t('distributions.title')}
      lead={t('distributions.lead')}
      width="wide"
      aside={
        holds(session, 'distribution.write') && (
          <ButtonLink kind="primary" to="/desk/distributions/new">
            {t('distributions.add')}
          </ButtonLink>
        )
      }
    >
      <div className="filters">
        <Select
          name="state"
          label={t('distributions.state')}
          placeholder={shared('all')}
          value={state ?? ''}
          onChange={(picked) =>
            void navigate({
              to: '/desk/distributions',
              search: { state: oneOf(distributionStates, picked) },
              replace: true,
            })
          }
          options={distributionStates.map((one) => ({
            value: one,
            label: t(`distributions.states.${one}`),
          }))}
        />
      </div>
      <ListTable
        label={t('distributions.list')}
        list={list}
        columns={usePlanColumns()}
        rowKey={(plan) => plan.id}
        empty={[t('distributions.emptyTitle'), t('distributions.emptyBody')]}
      />
    </Page>
  );
}

function usePlanColumns(): Column<PlanRow>[] {
  const { t } = useTranslation('console');
  const perWords = (plan: PlanRow, one: PlanRow['goods'][number]) => {
    const per = one.perHead ? 'perHead' : plan.basis === 'household' ? 'perHousehold' : 'perPerson';
    return `${one.name} ${t(`distributions.${per}`, { count: one.quantity, unit: one.unit })}`;
  };
  return [
    drawnColumn('name', t('distributions.name'), {
      words: (plan) => plan.name,
      draw: (plan) => (
        <Link to="/desk/distributions/$planId" params={{ planId: plan.id }}>
          {plan.name}
        </Link>
      ),
    }),
    stateColumn('state', t('distributions.state'), (plan) => [
      t(`distributions.states.${plan.state}`),
      planTones[plan.state],
    ]),
    dateColumn('day', t('distributions.day'), (plan) => plan.onDay),
    wordColumn('area', t('distributions.area'), (plan) => plan.area.name),
    wordColumn('goods', t('distributions.goods'), (plan) =>
      plan.goods.map((one) => perWords(plan, one)).join('、'),
    ),
    drawnColumn('progress', t('distributions.progress'), {
      words: (plan) => String(plan.figures.handed + plan.figures.proxy),
      draw: (plan) => {
        const done = plan.figures.handed + plan.figures.proxy;
        const words = t('distributions.progressOf', { done, all: plan.figures.listed });
        return (
          <span className="row">
            <progress value={done} max={Math.max(1, plan.figures.listed)} aria-label={words} />
            <span className="number">{words}</span>
          </span>
        );
      },
    }),
    wordColumn('number', t('distributions.number'), (plan) => plan.number),
  ];
}
