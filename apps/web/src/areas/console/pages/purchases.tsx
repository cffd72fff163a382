import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Page, say, Select, type Tone } from '../../../shared/ui/index.ts';
import { InvoiceDialog, ReceiveDialog } from '../books/purchase-dialogs.tsx';
import { useInstant } from '../books/words.ts';
import { drawnColumn, moneyColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { PanelForm } from '../parts/panel-form.tsx';
import { useSend } from '../parts/send.ts';

export type Purchase = RouteOutput<typeof routes.payout.purchases>['items'][number];

const tones: Record<Purchase['state'], Tone> = {
  open: 'warned',
  invoiced: 'accent',
  received: 'accent',
  complete: 'done',
  paid: 'quiet',
};

/** Purchases: their invoices, and whether the goods are here. */
export function PurchasesPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const [acting, setActing] = useState<{ purchase: Purchase; act: 'invoice' | 'receive' } | null>(
    null,
  );
  const purchases = usePages(routes.payout.purchases, { query: { limit: 100 } });
  const mayWrite = holds(session, 'purchase.write');
  return (
    <Page
      title={t('books.purchases.title')}
      lead={t('books.purchases.lead')}
      width="wide"
      aside={
        mayWrite && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('books.purchases.open')}
          </Button>
        )
      }
    >
      {adding && <OpenPurchase onDone={() => setAdding(false)} />}
      <ListTable
        label={t('books.purchases.list')}
        list={purchases}
        columns={usePurchaseColumns(mayWrite, (purchase, act) => setActing({ purchase, act }))}
        rowKey={(purchase) => purchase.id}
        empty={[t('books.purchases.emptyTitle'), t('books.purchases.emptyBody')]}
      />
      {acting?.act === 'invoice' && (
        <InvoiceDialog purchase={acting.purchase} onClose={() => setActing(null)} />
      )}
      {acting?.act === 'receive' && (
        <ReceiveDialog purchase={acting.purchase} onClose={() => setActing(null)} />
      )}
    </Page>
  );
}

function usePurchaseColumns(
  mayWrite: boolean,
  onAct: (purchase: Purchase, act: 'invoice' | 'receive') => void,
): Column<Purchase>[] {
  const { t } = useTranslation('console');
  const at = useInstant();
  return [
    drawnColumn('number', t('books.purchases.number'), {
      words: (one) => one.number,
      draw: (one) => (
        <Link to="/desk/proposals/$proposalId" params={{ proposalId: one.proposalId }}>
          {one.number}
        </Link>
      ),
    }),
    wordColumn('supplier', t('books.purchases.supplier'), (one) => one.supplier),
    wordColumn('purpose', t('books.purchases.purpose'), (one) => one.purpose),
    moneyColumn('committed', t('books.purchases.committed'), (one) => one.committedFen),
    moneyColumn('invoiced', t('books.purchases.invoiced'), (one) => one.invoicedFen),
    stateColumn('state', t('books.purchases.state'), (one) => [
      t(`books.purchases.states.${one.state}`),
      tones[one.state],
    ]),
    wordColumn('invoices', t('books.purchases.invoices'), (one) =>
      one.invoices.map((invoice) => invoice.number).join('、'),
    ),
    wordColumn('received', t('books.purchases.received'), (one) =>
      one.receivedOn
        ? t('books.purchases.receivedBy', {
            name: one.receivedBy ?? '',
            day: at(one.receivedOn),
            note: one.receivedNote,
          })
        : null,
    ),
    ...(mayWrite
      ? [
          {
            key: 'act',
            header: t('books.purchases.next'),
            cell: (one: Purchase) => <Acts purchase={one} onAct={onAct} />,
          },
        ]
      : []),
  ];
}

function Acts({
  purchase,
  onAct,
}: {
  purchase: Purchase;
  onAct: (purchase: Purchase, act: 'invoice' | 'receive') => void;
}) {
  const { t } = useTranslation('console');
  if (purchase.state === 'paid') return null;
  return (
    <span className="row">
      {purchase.invoicedFen < purchase.committedFen && (
        <Button
          label={t('books.purchases.addInvoiceFor', { number: purchase.number })}
          onPress={() => onAct(purchase, 'invoice')}
        >
          {t('books.purchases.addInvoice')}
        </Button>
      )}
      {purchase.receivedOn === null && (
        <Button
          label={t('books.purchases.receiveFor', { number: purchase.number })}
          onPress={() => onAct(purchase, 'receive')}
        >
          {t('books.purchases.receive')}
        </Button>
      )}
    </span>
  );
}

/** Says that an agreed proposal to a supplier is a purchase. */
function OpenPurchase({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const [proposalId, setProposalId] = useState('');
  const approved = usePages(routes.fund.proposals, { query: { state: 'approved', limit: 100 } });
  const open = useSend(routes.payout.openPurchase);
  const options = approved.items
    .filter((one) => !one.isList)
    .map((one) => ({
      value: one.id,
      label: `${one.number} · ${one.payeeLabel} · ${one.purpose.slice(0, 30)}`,
    }));
  return (
    <PanelForm
      call={open}
      onSend={() =>
        open.run({ body: { proposalId } }, () => {
          say(t('books.purchases.opened'));
          onDone();
        })
      }
      send={t('books.purchases.openSend')}
    >
      <Select
        name="proposalId"
        label={t('books.purchases.proposal')}
        hint={t('books.purchases.openHint')}
        placeholder=""
        value={proposalId}
        onChange={setProposalId}
        options={options}
      />
    </PanelForm>
  );
}
