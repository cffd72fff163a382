import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  DateField,
  Dialog,
  Form,
  RadioGroup,
  say,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { drawnColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { batchLineTones } from './tones.ts';
import { WholeTable } from '../parts/list-table.tsx';

type Batch = RouteOutput<typeof routes.payout.readBatch>;
type Line = Batch['items'][number];

/** The payments of a batch with what the bank said of each; what stayed unknown is said by hand. */
export function BatchLines({ batch }: { batch: Batch }) {
  const { t } = useTranslation('console');
  const [asked, setAsked] = useState<Line | null>(null);
  return (
    <>
      <WholeTable
        label={t('books.batch.lines')}
        rows={batch.items}
        columns={useLineColumns(batch.mayAnswer, setAsked)}
        rowKey={(line) => String(line.place)}
      />
      {asked && <LineAnswer batch={batch} line={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function useLineColumns(mayAnswer: boolean, onAsk: (line: Line) => void): Column<Line>[] {
  const { t } = useTranslation('console');
  return [
    {
      key: 'place',
      header: t('books.batch.place'),
      numeric: true,
      value: (line) => line.place,
      cell: (line) => line.place,
    },
    drawnColumn('number', t('books.batches.number'), {
      words: (line) => line.number,
      draw: (line) => (
        <Link to="/desk/proposals/$proposalId" params={{ proposalId: line.proposalId }}>
          {line.number}
        </Link>
      ),
    }),
    wordColumn('payee', t('books.batches.payee'), (line) => line.payeeLabel),
    wordColumn('account', t('books.batches.account'), (line) =>
      t('books.batches.accountTail', { bank: line.bank, tail: line.accountTail }),
    ),
    moneyColumn('amount', t('books.batches.amount'), (line) => line.amountFen),
    drawnColumn('state', t('books.batches.state'), {
      words: (line) => t(`books.batches.lineStates.${line.state}`),
      draw: (line) => (
        <>
          <State tone={batchLineTones[line.state]}>
            {t(`books.batches.lineStates.${line.state}`)}
          </State>
          {line.attempt > 1 && (
            <small className="soft"> {t('books.batch.attempt', { count: line.attempt })}</small>
          )}
          {line.reason && <small className="soft block">{line.reason}</small>}
        </>
      ),
    }),
    wordColumn('reference', t('books.batch.reference'), (line) => line.bankReference),
    ...(mayAnswer
      ? [
          {
            key: 'answer',
            header: t('books.batch.lineAnswer'),
            cell: (line: Line) =>
              (line.state === 'waiting' || line.state === 'unknown') && (
                <Button
                  label={t('books.batch.lineAnswerFor', { payee: line.payeeLabel })}
                  onPress={() => onAsk(line)}
                >
                  {t('books.batch.lineAnswer')}
                </Button>
              ),
          },
        ]
      : []),
  ];
}

const results = ['confirmed', 'rejected'] as const;

function LineAnswer({ batch, line, onClose }: { batch: Batch; line: Line; onClose: () => void }) {
  const { t } = useTranslation('console');
  const { value, update, field } = useValues({
    result: 'confirmed' as (typeof results)[number],
    bankReference: '',
    paidOn: today(),
    reason: '',
  });
  const answer = useSend(routes.payout.answerLine);
  return (
    <Dialog
      title={t('books.batch.lineAnswerFor', { payee: line.payeeLabel })}
      open
      onClose={onClose}
    >
      <Form
        call={answer}
        onSend={() =>
          answer.run({ params: { batchId: batch.id, lineId: line.lineId }, body: value }, () => {
            say(t('books.agree.done'));
            onClose();
          })
        }
        send={t('books.batch.lineAnswer')}
      >
        <RadioGroup
          name="result"
          label={t('books.batch.outcome')}
          value={value.result}
          onChange={(result) => update({ result: oneOf(results, result) ?? 'confirmed' })}
          options={results.map((one) => ({ value: one, label: t(`books.batch.${one}`) }))}
        />
        {value.result === 'confirmed' ? (
          <TextField {...field('bankReference')} label={t('books.batch.reference')} optional />
        ) : (
          <TextField {...field('reason')} label={t('books.batch.why')} />
        )}
        <DateField {...field('paidOn')} label={t('books.batch.paidOn')} max={today()} />
      </Form>
    </Dialog>
  );
}
