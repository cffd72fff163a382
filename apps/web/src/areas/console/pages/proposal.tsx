import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  dateWords,
  Facts,
  Loaded,
  Money,
  Page,
  State,
  type Step,
  Steps,
} from '../../../shared/ui/index.ts';
import { ProposalLines } from '../books/proposal-lines.tsx';
import { type Proposal, proposalTones } from '../parts/codes.ts';
import { useApprovalSteps } from '../parts/decision.tsx';
import { CancelProposal, Decide, Pay } from '../parts/proposal-acts.tsx';

/** One proposal: what is to be paid, who decided, and what the caller can do. */
export function ProposalPage() {
  const { t } = useTranslation('console');
  const { proposalId } = useParams({ from: '/desk/proposals/$proposalId' });
  const query = useRoute(routes.fund.readProposal, { params: { proposalId } });
  const proposal = query.data;
  return (
    <Page
      title={proposal ? t('proposal.title', { number: proposal.number }) : t('proposals.title')}
      width="wide"
      aside={
        proposal && (
          <State tone={proposalTones[proposal.state]}>
            {t(`codes.proposal.${proposal.state}`)}
          </State>
        )
      }
    >
      <Loaded query={query}>{(loaded) => <Sheet proposal={loaded} />}</Loaded>
    </Page>
  );
}

function Sheet({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  return (
    <>
      <div className="two-columns">
        <div className="record-column">
          <ProposalFacts proposal={proposal} />
          <section className="panel">
            <h2>{t('proposal.steps')}</h2>
            <Steps label={t('proposal.steps')} steps={useSteps(proposal)} />
          </section>
        </div>
        <div className="record-column">
          {holds(session, 'proposal.approve') && proposal.state === 'proposed' && (
            <Decide key={proposal.steps.length} proposal={proposal} />
          )}
          {proposal.mayPay && <Pay proposal={proposal} />}
          {holds(session, 'proposal.write') &&
            (proposal.state === 'proposed' || proposal.state === 'approved') && (
              <CancelProposal proposal={proposal} />
            )}
        </div>
      </div>
      {proposal.isList && <ProposalLines proposal={proposal} />}
    </>
  );
}

function ProposalFacts({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  return (
    <section className="panel">
      <h2>{t('proposal.facts')}</h2>
      <p className="figure-value">{formatYuan(proposal.amountFen)}</p>
      <Facts
        rows={[
          [t('proposals.purpose'), <span className="pre">{proposal.purpose}</span>],
          [t('proposals.payee'), proposal.payeeLabel],
          [t('proposals.from'), proposal.fromLabel],
          [t('proposal.fromBalance'), <Money fen={proposal.fromBalanceFen} />],
          ...(proposal.state === 'paid'
            ? []
            : [
                [
                  t('proposal.after'),
                  <Money fen={proposal.fromBalanceFen - proposal.amountFen} />,
                ] as const,
              ]),
          ...(proposal.budgetLine
            ? [[t('books.lines.budgetLine'), proposal.budgetLine] as const]
            : []),
          ...(proposal.area ? [[t('funds.area'), proposal.area.name] as const] : []),
          // Of a wish the federation sees the item it pays from, not the matter itself.
          ...(proposal.needId && proposal.needNumber
            ? [
                [
                  t('proposals.need'),
                  holds(session, 'need.read') ? (
                    <Link to="/desk/needs/$needId" params={{ needId: proposal.needId }}>
                      {proposal.needNumber}
                    </Link>
                  ) : (
                    proposal.needNumber
                  ),
                ] as const,
              ]
            : []),
        ]}
      />
      {proposal.payment && (
        <p>
          <Link to="/payments/$number" params={{ number: proposal.payment.number }}>
            {t('proposal.trace')}
          </Link>
        </p>
      )}
    </section>
  );
}

/** Proposed, each approver, payment: what is done, what is under way, what comes. */
function useSteps(proposal: Proposal): Step[] {
  const { t, i18n } = useTranslation('console');
  const ended = proposal.state === 'refused' || proposal.state === 'cancelled';
  return [
    ...useApprovalSteps(proposal, proposal.state === 'proposed'),
    ...(ended
      ? []
      : [
          {
            key: 'paid',
            state: proposal.payment ? 'done' : proposal.state === 'approved' ? 'now' : 'ahead',
            title: t('proposal.paidStep'),
            children:
              proposal.payment &&
              t('proposal.paidOn', {
                date: dateWords(proposal.payment.paidOn, i18n.language, false),
                reference: proposal.payment.bankReference,
              }),
          } as const,
        ]),
  ];
}
