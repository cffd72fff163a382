import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  Checkbox,
  Form,
  newFormId,
  Page,
  say,
  Select,
  State,
} from '../../../shared/ui/index.ts';
import { batchTones } from '../books/tones.ts';
import {
  dateColumn,
  drawnColumn,
  moneyColumn,
  wordColumn,
  stateColumn,
} from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';

type Waiting = RouteOutput<typeof routes.payout.waiting>['items'][number];
type Batch = RouteOutput<typeof routes.payout.batches>['items'][number];

/** What is agreed to and not on its way, to be ticked into a batch; and the batches made so far. */
export function BatchesPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const batches = usePages(routes.payout.batches, { query: { limit: 50 } });
  return (
    <Page title={t('books.batches.title')} lead={t('books.batches.lead')} width="wide">
      <WaitingPart mayMake={holds(session, 'batch.write')} />
      <section className="panel" aria-label={t('books.batches.list')}>
        <h2>{t('books.batches.list')}</h2>
        <ListTable
          label={t('books.batches.list')}
          list={batches}
          columns={useBatchColumns()}
          rowKey={(batch) => batch.id}
          empty={[t('books.batches.emptyTitle'), t('books.batches.emptyBody')]}
        />
      </section>
    </Page>
  );
}

function useBatchColumns(): Column<Batch>[] {
  const { t } = useTranslation('console');
  return [
    drawnColumn('number', t('books.batches.number'), {
      words: (batch) => batch.number,
      draw: (batch) => (
        <Link to="/desk/batches/$batchId" params={{ batchId: batch.id }}>
          {batch.number}
        </Link>
      ),
    }),
    stateColumn('state', t('books.batches.state'), (batch) => [
      t(`books.batches.states.${batch.state}`),
      batchTones[batch.state],
    ]),
    {
      ...wordColumn<Batch>('lines', t('books.batches.lines'), (one) => `${one.lines}`),
      numeric: true,
    },
    moneyColumn('total', t('books.batches.total'), (batch) => batch.totalFen),
    wordColumn('madeBy', t('books.batches.madeBy'), (batch) => batch.madeBy),
    dateColumn('madeAt', t('books.batches.madeAt'), (batch) => batch.madeAt),
  ];
}

function WaitingPart({ mayMake }: { mayMake: boolean }) {
  const { t } = useTranslation('console');
  const waiting = usePages(routes.payout.waiting, { query: { limit: 200 } });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const ready = waiting.items.filter((line) => line.why === null);
  const chosen = ready.filter((line) => ticked.has(line.lineId));
  const tick = (lineId: string, on: boolean) =>
    setTicked((now) => {
      const next = new Set(now);
      if (on) next.add(lineId);
      else next.delete(lineId);
      return next;
    });
  const all = ready.length > 0 && chosen.length === ready.length;
  return (
    <section className="panel" aria-label={t('books.batches.waiting')}>
      <h2>{t('books.batches.waiting')}</h2>
      <p className="soft">{t('books.batches.waitingLead')}</p>
      {mayMake && ready.length > 0 && (
        <Checkbox
          name="all"
          label={t('books.batches.selectAll', {
            count: ready.length,
            amount: formatYuan(ready.reduce((sum, line) => sum + line.amountFen, 0)),
          })}
          checked={all}
          onChange={(on) => setTicked(new Set(on ? ready.map((line) => line.lineId) : []))}
        />
      )}
      <ListTable
        label={t('books.batches.waiting')}
        list={waiting}
        columns={useWaitingColumns(mayMake, ticked, tick)}
        rowKey={(line) => line.lineId}
        empty={[t('books.batches.emptyWaiting'), t('books.batches.emptyWaitingBody')]}
      />
      {mayMake && waiting.items.length > 0 && <MakeBatch chosen={chosen} />}
    </section>
  );
}

function useWaitingColumns(
  mayMake: boolean,
  ticked: ReadonlySet<string>,
  tick: (lineId: string, on: boolean) => void,
): Column<Waiting>[] {
  const { t } = useTranslation('console');
  return [
    ...(mayMake
      ? [
          {
            key: 'tick',
            header: t('books.batches.select'),
            cell: (line: Waiting) =>
              line.why === null && (
                <span className="tick-cell">
                  <Checkbox
                    name={`tick-${line.lineId}`}
                    label={
                      <span className="visually-hidden">
                        {t('books.batches.selectLine', {
                          payee: line.payeeLabel,
                          amount: formatYuan(line.amountFen),
                        })}
                      </span>
                    }
                    checked={ticked.has(line.lineId)}
                    onChange={(on) => tick(line.lineId, on)}
                  />
                </span>
              ),
          },
        ]
      : []),
    drawnColumn('number', t('books.batches.number'), {
      words: (line) => line.number,
      draw: (line) => (
        <Link to="/desk/proposals/$proposalId" params={{ proposalId: line.proposalId }}>
          {line.number}
        </Link>
      ),
    }),
    wordColumn('payee', t('books.batches.payee'), (line) => line.payeeLabel),
    moneyColumn('amount', t('books.batches.amount'), (line) => line.amountFen),
    wordColumn('from', t('books.batches.from'), (line) => line.fromLabel),
    wordColumn('account', t('books.batches.account'), (line) =>
      line.accountTail
        ? t('books.batches.accountTail', { bank: line.bank ?? '', tail: line.accountTail })
        : null,
    ),
    drawnColumn('state', t('books.batches.state'), {
      words: (line) => t(line.why ? `books.batches.why.${line.why}` : 'books.batches.ready'),
      draw: (line) => (
        <>
          <State tone={line.why ? 'warned' : 'done'}>
            {t(line.why ? `books.batches.why.${line.why}` : 'books.batches.ready')}
          </State>
          {line.state === 'rejected' && (
            <small className="soft block">
              {t('books.batches.rejectedOnce', { reason: line.reason })}
            </small>
          )}
        </>
      ),
    }),
  ];
}

function MakeBatch({ chosen }: { chosen: readonly Waiting[] }) {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const layouts = useRoute(routes.payout.layouts);
  const [layout, setLayout] = useState('');
  const [formId, setFormId] = useState(newFormId);
  const make = useSend(routes.payout.makeBatch);
  const options = (layouts.data?.items ?? []).map(({ code, title }) => ({
    value: code,
    label: title,
  }));
  const picked = layout || options[0]?.value || '';
  const send = () =>
    make.run(
      { body: { lineIds: chosen.map((line) => line.lineId), layout: picked, formId } },
      (batch) => {
        setFormId(newFormId());
        say(t('books.batches.made', { number: batch.number }));
        void navigate({ to: '/desk/batches/$batchId', params: { batchId: batch.id } });
      },
    );
  return (
    <Form onSend={send} call={make}>
      <Select
        name="layout"
        label={t('books.batches.layout')}
        value={picked}
        onChange={setLayout}
        options={options}
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          busy={make.busy}
          refusedBecause={chosen.length === 0 ? t('books.batches.nothing') : undefined}
        >
          {t('books.batches.make', {
            count: chosen.length,
            amount: formatYuan(chosen.reduce((sum, line) => sum + line.amountFen, 0)),
          })}
        </Button>
      </div>
    </Form>
  );
}
