import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  ButtonLink,
  Form,
  newFormId,
  Notice,
  Page,
  say,
  TextField,
  type Tone,
} from '../../../shared/ui/index.ts';
import { drawnColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';

type Listed = RouteOutput<typeof routes.charitySale.list>;
type Row = Listed['items'][number];

export const charityTones: Record<Row['state'], Tone> = {
  draft: 'quiet',
  proposed: 'warned',
  approved: 'running',
  open: 'accent',
  closed: 'done',
  refused: 'late',
  cancelled: 'quiet',
};

/** Charity sales with what each brought; who plans one finds its beginning here. */
export function CharitySalesPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const list = useList(routes.charitySale.list);
  const mayPlan = holds(session, 'charity_sale.write');
  return (
    <Page
      title={t('charity.title')}
      lead={t('charity.lead')}
      width="wide"
      aside={
        mayPlan && (
          <ButtonLink kind="primary" to="/desk/charity-sales/new">
            {t('charity.add')}
          </ButtonLink>
        )
      }
    >
      {list.first && list.first.receiver !== 'active' && (
        <Receiver state={list.first.receiver} mayPlan={mayPlan} />
      )}
      <ListTable
        label={t('charity.list')}
        list={list}
        columns={useColumns()}
        rowKey={(row) => row.id}
        empty={[t('charity.emptyTitle'), t('charity.emptyBody')]}
      />
    </Page>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('console');
  return [
    drawnColumn('name', t('charity.name'), {
      words: (row) => row.name,
      draw: (row) => (
        <Link to="/desk/charity-sales/$saleId" params={{ saleId: row.id }}>
          {row.name}
        </Link>
      ),
    }),
    stateColumn('state', t('charity.state'), (row) => [
      t(`charity.states.${row.state}`),
      charityTones[row.state],
    ]),
    wordColumn('target', t('charity.target'), (row) => row.target.name),
    wordColumn('days', t('charity.days'), (row) =>
      t('charity.daysOf', { from: row.opensOn, until: row.closesOn }),
    ),
    wordColumn('sold', t('charity.sold'), (row) => t('charity.pieces', { count: row.piecesSold })),
    wordColumn('proceeds', t('charity.proceeds'), (row) => formatYuan(row.proceedsFen)),
    wordColumn('online', t('charity.online'), (row) =>
      t(row.isOnline ? 'charity.onlineYes' : 'charity.onlineNo'),
    ),
    wordColumn('places', t('charity.places'), (row) =>
      row.places.map((one) => one.name).join('、'),
    ),
    wordColumn('number', t('charity.number'), (row) => row.number),
  ];
}

/** Where the money is received: the federation's own number, filed by one and agreed to by another. */
function Receiver({ state, mayPlan }: { state: Listed['receiver']; mayPlan: boolean }) {
  const { t } = useTranslation('console');
  const [paymentNumber, setNumber] = useState('');
  const [formId] = useState(newFormId);
  const save = useSend(routes.charitySale.setReceiver);
  return (
    <Notice tone="warned" title={t('charity.receiver.title')}>
      <p>{t(state === 'proposed' ? 'charity.receiver.proposed' : 'charity.receiver.missing')}</p>
      {state === 'missing' && mayPlan && (
        <Form
          call={save}
          onSend={() =>
            save.run({ body: { paymentNumber, formId } }, () => say(t('charity.receiver.saved')))
          }
        >
          <TextField
            name="paymentNumber"
            label={t('charity.receiver.number')}
            value={paymentNumber}
            onChange={setNumber}
          />
          <Button type="submit" kind="primary" busy={save.busy}>
            {t('charity.receiver.save')}
          </Button>
        </Form>
      )}
    </Notice>
  );
}
