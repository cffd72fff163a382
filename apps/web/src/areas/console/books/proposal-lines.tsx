import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, ButtonLink, Dialog, say, State } from '../../../shared/ui/index.ts';
import { drawnColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import type { Proposal } from '../parts/codes.ts';
import { ListTable } from '../parts/list-table.tsx';
import { PaymentForm } from '../parts/payment-form.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { useSend } from '../parts/send.ts';
import { lineTones } from './tones.ts';

type Line = RouteOutput<typeof routes.fund.proposalLines>['items'][number];
interface Acting {
  line: Line;
  act: 'pay' | 'withdraw';
}

/** The payees of a proposal with many, each with what became of its amount. */
export function ProposalLines({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('console');
  const [acting, setActing] = useState<Acting | null>(null);
  const lines = usePages(routes.fund.proposalLines, {
    params: { proposalId: proposal.id },
    query: { limit: 100 },
  });
  return (
    <section className="panel" aria-label={t('books.lines.title')}>
      <h2>{t('books.lines.title')}</h2>
      <p>
        {t('books.lines.progress', {
          paid: formatYuan(proposal.paidFen),
          total: formatYuan(proposal.amountFen),
        })}{' '}
        {proposal.rejectedCount > 0 && (
          <State tone="late">{t('books.lines.rejected', { count: proposal.rejectedCount })}</State>
        )}
      </p>
      <ListTable
        label={t('books.lines.list')}
        list={lines}
        columns={useLineColumns(setActing)}
        rowKey={(line) => line.id}
        empty={[t('books.lines.title'), '']}
      />
      {lines.items.some((line) => line.mayPay) && (
        <ButtonLink to="/desk/batches">{t('books.lines.toBatches')}</ButtonLink>
      )}
      {acting?.act === 'pay' && <PayLine line={acting.line} onClose={() => setActing(null)} />}
      {acting?.act === 'withdraw' && (
        <WithdrawLine line={acting.line} onClose={() => setActing(null)} />
      )}
    </section>
  );
}

function useLineColumns(onAct: (acting: Acting) => void): Column<Line>[] {
  const { t } = useTranslation('console');
  return [
    wordColumn('payee', t('books.lines.payee'), (line) => line.payeeLabel),
    wordColumn('label', t('books.lines.label'), (line) => line.label),
    moneyColumn('amount', t('books.lines.amount'), (line) => line.amountFen),
    drawnColumn('state', t('books.lines.state'), {
      words: (line) => t(`books.lines.states.${line.state}`),
      draw: (line) => (
        <>
          <State tone={lineTones[line.state]}>{t(`books.lines.states.${line.state}`)}</State>
          {line.tries > 1 && (
            <small className="soft"> {t('books.lines.tries', { count: line.tries })}</small>
          )}
          {line.reason && <small className="soft block">{line.reason}</small>}
        </>
      ),
    }),
    {
      key: 'act',
      header: t('books.lines.pay'),
      cell: (line) =>
        line.mayPay && (
          <span className="row">
            <Button
              label={t('books.lines.payFor', { payee: line.payeeLabel })}
              onPress={() => onAct({ line, act: 'pay' })}
            >
              {t('books.lines.pay')}
            </Button>
            <Button
              kind="quiet"
              label={t('books.lines.withdrawFor', { payee: line.payeeLabel })}
              onPress={() => onAct({ line, act: 'withdraw' })}
            >
              {t('books.lines.withdraw')}
            </Button>
          </span>
        ),
    },
  ];
}

interface DialogProps {
  line: Line;
  onClose: () => void;
}

function PayLine({ line, onClose }: DialogProps) {
  const { t } = useTranslation('console');
  const pay = useSend(routes.fund.payLine);
  return (
    <Dialog title={t('books.lines.payFor', { payee: line.payeeLabel })} open onClose={onClose}>
      <PaymentForm
        send={t('books.lines.pay')}
        call={pay}
        onSend={(body) =>
          pay.run({ params: { lineId: line.id }, body }, () => {
            say(t('proposal.paid'));
            onClose();
          })
        }
      />
    </Dialog>
  );
}

function WithdrawLine({ line, onClose }: DialogProps) {
  const { t } = useTranslation('console');
  const withdraw = useSend(routes.fund.withdrawLine);
  return (
    <ReasonDialog
      title={t('books.lines.withdrawFor', { payee: line.payeeLabel })}
      label={t('books.batch.voidReason')}
      send={t('books.lines.withdraw')}
      kind="danger"
      call={withdraw}
      onSend={(reason) =>
        withdraw.run({ params: { lineId: line.id }, body: { reason } }, () => {
          say(t('books.lines.withdrawn'));
          onClose();
        })
      }
      onClose={onClose}
    />
  );
}
