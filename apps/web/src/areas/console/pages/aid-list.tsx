import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Facts, Loaded, Money, Notice, Page, say, State, Steps } from '../../../shared/ui/index.ts';
import { listTones } from '../parts/aid-codes.ts';
import { useAmountWords, usePeriodWords } from '../parts/aid-words.tsx';
import { DecisionForm, useApprovalSteps } from '../parts/decision.tsx';
import { useSend } from '../parts/send.ts';
import { useAwardColumns } from './aid-round.tsx';
import { WholeTable } from '../parts/list-table.tsx';

type Detail = RouteOutput<typeof routes.award.readList>;

/** One list: its people, who stood aside, who has agreed, and one's own word. */
export function AidListPage() {
  const { t } = useTranslation('console');
  const { listId } = useParams({ from: '/desk/aid/lists/$listId' });
  const query = useRoute(routes.award.readList, { params: { listId } });
  const list = query.data;
  return (
    <Page
      title={list ? `${list.programme.name} · ${list.number}` : t('aid.lists.title')}
      width="wide"
      aside={list && <State tone={listTones[list.state]}>{t(`aid.listState.${list.state}`)}</State>}
    >
      <Loaded query={query}>
        {(loaded) => (
          <div className="two-columns">
            <div className="record-column">
              <People list={loaded} />
            </div>
            <div className="record-column">
              <Decision list={loaded} />
              <ListFacts list={loaded} />
              <Approvals list={loaded} />
              <Recusals list={loaded} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function People({ list }: { list: Detail }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel">
      <h2>{t('aid.lists.people')}</h2>
      <WholeTable
        label={t('aid.lists.people')}
        rows={list.awards}
        columns={useAwardColumns()}
        rowKey={(award) => award.id}
      />
    </section>
  );
}

function ListFacts({ list }: { list: Detail }) {
  const { t } = useTranslation('console');
  const amountWords = useAmountWords();
  const periodWords = usePeriodWords();
  return (
    <section className="panel">
      <Facts
        rows={[
          [t('aid.rounds.period'), periodWords(list.period)],
          [t('aid.lists.count'), t('aid.rounds.candidatesCount', { count: list.count })],
          [t('aid.rounds.amount'), amountWords(list.amount, list.programme.unit)],
          [t('aid.round.what'), list.programme.what],
          [t('aid.round.clause'), list.programme.clause],
          ...(list.fundName
            ? [
                [t('aid.lists.fund'), list.fundName] as const,
                [t('aid.lists.available'), <Money fen={list.fundAvailableFen ?? 0} />] as const,
              ]
            : []),
        ]}
      />
    </section>
  );
}

function Approvals({ list }: { list: Detail }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel">
      <h2>{t('proposal.steps')}</h2>
      <Steps
        label={t('proposal.steps')}
        steps={useApprovalSteps(list, list.state === 'proposed')}
      />
    </section>
  );
}

function Recusals({ list }: { list: Detail }) {
  const { t } = useTranslation('console');
  if (list.recusals.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('aid.lists.recusals')}</h2>
      <ul>
        {list.recusals.map((one) => (
          <li key={`${one.awardNumber}${one.byName}`}>
            {t('aid.lists.recusal', {
              name: one.byName,
              role: t(`aid.role.${one.role}`),
              number: one.awardNumber,
              tie: t(`aid.tie.${one.tie}`),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

const WHY: Record<string, 'mine' | 'already' | 'aside' | 'ended'> = {
  approver_is_proposer: 'mine',
  approver_already_decided: 'already',
  approver_related: 'aside',
  approval_closed: 'ended',
};

/** One approver's word; a relative's line is set aside, and the others stay to be decided. */
function Decision({ list }: { list: Detail }) {
  const { t } = useTranslation('console');
  const amountWords = useAmountWords();
  const navigate = useNavigate();
  const decide = useSend(routes.award.decideList);
  if (!list.mayDecide)
    return list.mayNotWhy ? (
      <Notice tone="warned" title={t('aid.lists.mayNot')}>
        <p>{t(`aid.lists.${WHY[list.mayNotWhy] ?? 'ended'}`)}</p>
      </Notice>
    ) : null;
  const { count } = list;
  const amount = amountWords(list.amount, list.programme.unit);
  return (
    <section className="panel">
      <h2>{t('aid.lists.decide')}</h2>
      {list.mayNotWhy && <p>{t('aid.lists.related')}</p>}
      <DecisionForm
        yes={{
          word: 'approve',
          says: t('aid.lists.approve'),
          confirm: t('aid.lists.confirmApprove', { count, amount }),
        }}
        no={{
          word: 'refuse',
          says: t('aid.lists.refuse'),
          reasonNeeded: t('aid.lists.noteNeeded'),
          confirm: t('aid.lists.confirmRefuse', { count }),
        }}
        note={{ name: 'note', label: t('aid.lists.note'), hint: t('aid.lists.noteHint') }}
        call={decide}
        onDecide={(decision, note) =>
          decide.run({ params: { listId: list.id }, body: { decision, note } }, ({ outcome }) => {
            say(t(outcome === 'set_aside' ? 'aid.lists.wasSplit' : 'aid.lists.decided'));
            if (outcome === 'set_aside') void navigate({ to: '/desk/aid/lists' });
          })
        }
      />
    </section>
  );
}
