import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Checkbox, Page, say, State } from '../../../shared/ui/index.ts';
import { DecisionForm } from '../parts/decision.tsx';
import { AgreeSteps } from '../books/agree.tsx';
import { PayeeForm } from '../books/payee-form.tsx';
import { payeeTones } from '../books/tones.ts';
import { drawnColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';

type Payee = RouteOutput<typeof routes.payout.payees>['items'][number];

/** Bank accounts money may be paid to: entered by one, signed by two others. */
export function PayeesPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const payees = usePages(routes.payout.payees, { query: { limit: 100 } });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const open = payees.items.filter((payee) => payee.mayDecide);
  const chosen = open.filter((payee) => ticked.has(payee.id));
  const tick = (id: string, on: boolean) =>
    setTicked((now) => {
      const next = new Set(now);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  return (
    <Page
      title={t('books.payees.title')}
      lead={t('books.payees.lead')}
      width="wide"
      aside={
        holds(session, 'payee.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('books.payees.add')}
          </Button>
        )
      }
    >
      {adding && <PayeeForm onDone={() => setAdding(false)} />}
      <ListTable
        label={t('books.payees.list')}
        list={payees}
        columns={usePayeeColumns(open.length > 0, ticked, tick)}
        rowKey={(payee) => payee.id}
        empty={[t('books.payees.emptyTitle'), t('books.payees.emptyBody')]}
      />
      {open.length > 0 && <Sign chosen={chosen} onDone={() => setTicked(new Set())} />}
    </Page>
  );
}

function usePayeeColumns(
  maySign: boolean,
  ticked: ReadonlySet<string>,
  tick: (id: string, on: boolean) => void,
): Column<Payee>[] {
  const { t } = useTranslation('console');
  return [
    ...(maySign
      ? [
          {
            key: 'tick',
            header: t('books.batches.select'),
            cell: (payee: Payee) =>
              payee.mayDecide && (
                <span className="tick-cell">
                  <Checkbox
                    name={`tick-${payee.id}`}
                    label={
                      <span className="visually-hidden">
                        {t('books.agree.select', { name: payee.ownerLabel })}
                      </span>
                    }
                    checked={ticked.has(payee.id)}
                    onChange={(on) => tick(payee.id, on)}
                  />
                </span>
              ),
          },
        ]
      : []),
    wordColumn('owner', t('books.payees.owner'), (payee) => payee.ownerLabel),
    wordColumn('bank', t('books.payees.bank'), (payee) => payee.bank),
    drawnColumn('tail', t('books.payees.tail'), {
      words: (payee) => payee.numberTail,
      draw: (payee) => (
        <>
          {t('books.payees.tailWords', { tail: payee.numberTail })}
          {payee.alsoUsedBy > 0 && (
            <small className="block">
              <State tone="late">{t('books.payees.alsoUsed', { count: payee.alsoUsedBy })}</State>
            </small>
          )}
        </>
      ),
    }),
    drawnColumn('state', t('books.payees.state'), {
      words: (payee) => t(`books.payees.states.${payee.state}`),
      draw: (payee) => (
        <>
          <State tone={payeeTones[payee.state]}>{t(`books.payees.states.${payee.state}`)}</State>
          {payee.state === 'proposed' && <AgreeSteps of={payee} />}
        </>
      ),
    }),
    wordColumn('enteredBy', t('books.payees.enteredBy'), (payee) => payee.enteredBy),
  ];
}

function Sign({ chosen, onDone }: { chosen: readonly Payee[]; onDone: () => void }) {
  const { t } = useTranslation('console');
  const decide = useSend(routes.payout.decidePayees);
  const approvalIds = chosen.map((payee) => payee.approvalId);
  return (
    <section className="panel">
      <DecisionForm
        yes={{ word: 'approve', says: t('books.payees.sign', { count: chosen.length }) }}
        no={{ word: 'refuse', says: t('books.agree.refuse') }}
        note={{ name: 'note', label: t('books.agree.note'), hint: t('books.agree.noteHint') }}
        call={decide}
        refusedBecause={chosen.length === 0 ? t('books.agree.selected', { count: 0 }) : undefined}
        onDecide={(decision, note) =>
          decide.run({ body: { approvalIds, decision, note } }, () => {
            say(t('books.payees.signed'));
            onDone();
          })
        }
      />
    </section>
  );
}
