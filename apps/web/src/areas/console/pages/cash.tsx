import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, usePages } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Listed, Button, EmptyState, Page, say } from '../../../shared/ui/index.ts';
import { CounterCard } from '../cash/counter-card.tsx';
import { CounterForm } from '../cash/counter-forms.tsx';
import { SlipDialog } from '../cash/slip.tsx';
import {
  dateColumn,
  drawnColumn,
  moneyColumn,
  wordColumn,
  stateColumn,
} from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { useSend } from '../parts/send.ts';

type Gift = RouteOutput<typeof routes.cash.gifts>['items'][number];
type Deposit = RouteOutput<typeof routes.cash.deposits>['items'][number];

/** Cash given over counters: on hand, counted, and on its way to the bank. */
export function CashPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const counters = useList(routes.cash.counters);
  return (
    <Page
      title={t('cash.title')}
      lead={t('cash.lead')}
      width="wide"
      aside={
        holds(session, 'cash.write') && (
          <Button expanded={adding} onPress={() => setAdding(!adding)}>
            {t('cash.openCounter')}
          </Button>
        )
      }
    >
      {adding && <CounterForm onDone={() => setAdding(false)} />}
      <Listed
        list={counters}
        empty={
          <EmptyState title={t('cash.emptyTitle')}>
            <p>{t('cash.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <>
            {items.length > 1 && (
              <section className="panel" aria-label={t('cash.picture')}>
                <h2>{t('cash.picture')}</h2>
                <Bars
                  label={t('cash.picture')}
                  headings={[t('cash.counter'), t('cash.onHand')]}
                  bars={items.map((one) => ({
                    key: one.id,
                    label: `${one.area.name} · ${one.name}`,
                    value: one.onHandFen,
                    words: formatYuan(one.onHandFen),
                    tone: 'accent' as const,
                  }))}
                />
              </section>
            )}
            {items.map((counter) => (
              <CounterCard key={counter.id} counter={counter} />
            ))}
          </>
        )}
      </Listed>
      <Gifts />
      <Deposits mayVoid={holds(session, 'cash.write')} />
    </Page>
  );
}

function Gifts() {
  const { t } = useTranslation('console');
  const gifts = usePages(routes.cash.gifts, { query: { limit: 50 } });
  const [open, setOpen] = useState<Gift | null>(null);
  const columns: Column<Gift>[] = [
    wordColumn('number', t('cash.number'), (gift) => gift.number),
    dateColumn('takenAt', t('cash.takenAt'), (gift) => gift.takenAt),
    moneyColumn('amount', t('cash.amount'), (gift) => gift.amountFen),
    wordColumn('target', t('cash.purpose'), (gift) => gift.targetLabel),
    wordColumn('giver', t('cash.giver'), (gift) => gift.giverName),
    wordColumn('counter', t('cash.counter'), (gift) => gift.counter),
    wordColumn('box', t('cash.box'), (gift) => gift.boxNumber),
    wordColumn('takenBy', t('cash.takenBy'), (gift) => gift.takenBy),
    drawnColumn('slip', t('cash.slip'), {
      words: () => null,
      draw: (gift) => (
        <Button label={t('cash.slipAgain', { number: gift.number })} onPress={() => setOpen(gift)}>
          {t('cash.slipPrint')}
        </Button>
      ),
    }),
  ];
  return (
    <section className="panel" aria-label={t('cash.list')}>
      <h2>{t('cash.list')}</h2>
      <ListTable
        label={t('cash.list')}
        list={gifts}
        columns={columns}
        rowKey={(gift) => gift.giftId}
        empty={[t('cash.listEmptyTitle'), t('cash.listEmptyBody')]}
      />
      {open && <SlipDialog giftId={open.giftId} onClose={() => setOpen(null)} />}
    </section>
  );
}

const tones = { on_way: 'accent', at_bank: 'done', void: 'quiet' } as const;

function Deposits({ mayVoid }: { mayVoid: boolean }) {
  const { t } = useTranslation('console');
  const deposits = usePages(routes.cash.deposits, { query: { limit: 50 } });
  const [voiding, setVoiding] = useState<Deposit | null>(null);
  const columns: Column<Deposit>[] = [
    wordColumn('number', t('cash.depositNumber'), (one) => one.number),
    stateColumn('state', t('cash.depositState'), (one) => [
      t(`cash.states.${one.state}`),
      tones[one.state],
    ]),
    moneyColumn('amount', t('cash.amount'), (one) => one.amountFen),
    wordColumn('counter', t('cash.counter'), (one) => one.counter),
    wordColumn('slip', t('cash.slipNumber'), (one) => one.slipNumber),
    dateColumn('paidInOn', t('cash.paidInOn'), (one) => one.paidInOn),
    dateColumn('bankDay', t('cash.bankDay'), (one) => one.bankDay),
    ...(mayVoid
      ? [
          drawnColumn<Deposit>('void', t('cash.void'), {
            words: (one) => one.voidReason,
            draw: (one) =>
              one.state === 'on_way' ? (
                <Button
                  label={t('cash.voidFor', { number: one.number })}
                  onPress={() => setVoiding(one)}
                >
                  {t('cash.void')}
                </Button>
              ) : (
                one.voidReason
              ),
          }),
        ]
      : []),
  ];
  return (
    <section className="panel" aria-label={t('cash.deposits')}>
      <h2>{t('cash.deposits')}</h2>
      <ListTable
        label={t('cash.deposits')}
        list={deposits}
        columns={columns}
        rowKey={(one) => one.id}
        empty={[t('cash.depositsEmptyTitle'), t('cash.depositsEmptyBody')]}
      />
      {voiding && <VoidDialog deposit={voiding} onClose={() => setVoiding(null)} />}
    </section>
  );
}

function VoidDialog({ deposit, onClose }: { deposit: Deposit; onClose: () => void }) {
  const { t } = useTranslation('console');
  const send = useSend(routes.cash.voidDeposit);
  return (
    <ReasonDialog
      title={t('cash.voidFor', { number: deposit.number })}
      label={t('cash.voidReason')}
      send={t('cash.void')}
      call={send}
      onSend={(reason) =>
        send.run({ params: { depositId: deposit.id }, body: { reason } }, () => {
          say(t('cash.voided'));
          onClose();
        })
      }
      onClose={onClose}
    />
  );
}
