import { routes } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { ButtonLink, Page, Select, State } from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { type Proposal, proposalStates, proposalTones } from '../parts/codes.ts';
import { dateColumn, drawnColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

/** Payments proposed: what waits for the caller first. */
export function ProposalsPage() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { session } = useSession();
  const { state } = useSearch({ from: '/desk/proposals' });
  const navigate = useNavigate();
  const proposals = usePages(routes.fund.proposals, { query: { state, limit: 200 } });
  const columns = useProposalColumns();
  return (
    <Page
      title={t('proposals.title')}
      lead={t('proposals.lead')}
      width="wide"
      aside={
        holds(session, 'proposal.write') && (
          <ButtonLink kind="primary" to="/desk/proposals/new">
            {t('proposals.add')}
          </ButtonLink>
        )
      }
    >
      <div className="filters">
        <Select
          name="state"
          label={t('proposals.state')}
          placeholder={shared('all')}
          value={state ?? ''}
          onChange={(picked) =>
            void navigate({
              to: '/desk/proposals',
              search: { state: oneOf(proposalStates, picked) },
              replace: true,
            })
          }
          options={proposalStates.map((one) => ({ value: one, label: t(`codes.proposal.${one}`) }))}
        />
      </div>
      <ListTable
        label={t('proposals.list')}
        list={proposals}
        columns={columns}
        rowKey={(proposal) => proposal.id}
        onOpen={({ id }) =>
          void navigate({ to: '/desk/proposals/$proposalId', params: { proposalId: id } })
        }
        empty={[t('proposals.emptyTitle'), t('proposals.emptyBody')]}
      />
    </Page>
  );
}

function useProposalColumns(): Column<Proposal>[] {
  const { t } = useTranslation('console');
  return [
    drawnColumn('number', t('proposals.number'), {
      words: (one) => one.number,
      draw: (one) => (
        <Link to="/desk/proposals/$proposalId" params={{ proposalId: one.id }} className="number">
          {one.number}
        </Link>
      ),
    }),
    drawnColumn('state', t('proposals.state'), {
      words: (one) => t(`codes.proposal.${one.state}`),
      draw: (one) => (
        <span className="row">
          <State tone={proposalTones[one.state]}>{t(`codes.proposal.${one.state}`)}</State>
          {(one.mayDecide || one.mayPay) && <State tone="accent">{t('proposals.waiting')}</State>}
        </span>
      ),
    }),
    moneyColumn('amount', t('proposals.amount'), (one) => one.amountFen),
    wordColumn('purpose', t('proposals.purpose'), (one) => one.purpose),
    wordColumn('from', t('proposals.from'), (one) => one.fromLabel),
    wordColumn('payee', t('proposals.payee'), (one) => one.payeeLabel),
    wordColumn('by', t('proposals.by'), (one) => one.proposedBy),
    dateColumn('at', t('proposals.at'), (one) => one.proposedAt),
    wordColumn('need', t('proposals.need'), (one) => one.needNumber),
  ];
}
