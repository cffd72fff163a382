import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Dialog, Page } from '../../../shared/ui/index.ts';
import { LinkGift, RecordPledge, ReleasePledge } from '../campaign/pledge-forms.tsx';
import {
  dateColumn,
  drawnColumn,
  moneyColumn,
  wordColumn,
  stateColumn,
} from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

type Pledge = RouteOutput<typeof routes.pledge.pledges>['items'][number];

/** Pledges to campaigns, overdue ones first: promised and given apart. */
export function PledgesPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const writes = holds(session, 'claim.write');
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<Pledge | null>(null);
  const pledges = usePages(routes.pledge.pledges, { query: { limit: 100 } });
  const close = () => setOpen(null);
  return (
    <Page
      title={t('pledges.title')}
      lead={t('pledges.lead')}
      width="wide"
      aside={
        writes && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('pledges.add')}
          </Button>
        )
      }
    >
      {adding && <RecordPledge onDone={() => setAdding(false)} />}
      <ListTable
        label={t('pledges.list')}
        list={pledges}
        columns={usePledgeColumns(writes ? setOpen : null)}
        rowKey={(pledge) => pledge.id}
        empty={[t('pledges.emptyTitle'), t('pledges.emptyBody')]}
      />
      {open && (
        <Dialog title={t('pledges.openTitle', { number: open.number })} open onClose={close}>
          <LinkGift pledgeId={open.id} onDone={close} />
          <ReleasePledge pledgeId={open.id} onDone={close} />
        </Dialog>
      )}
    </Page>
  );
}

function usePledgeColumns(onOpen: ((pledge: Pledge) => void) | null): Column<Pledge>[] {
  const { t } = useTranslation('console');
  const state = (one: Pledge) => (one.overdueFen > 0 ? 'overdue' : one.state);
  const tones = { overdue: 'late', open: 'accent', fulfilled: 'done', released: 'quiet' } as const;
  return [
    wordColumn('number', t('pledges.number'), (one) => one.number),
    wordColumn('who', t('pledges.who'), (one) => one.promisedBy),
    drawnColumn('campaign', t('pledges.campaign'), {
      words: (one) => one.campaignName,
      draw: (one) => (
        <Link to="/campaigns/$code" params={{ code: one.campaignCode }}>
          {one.campaignName}
        </Link>
      ),
    }),
    stateColumn('state', t('pledges.state'), (one) => [
      t(`pledges.states.${state(one)}`),
      tones[state(one)],
    ]),
    moneyColumn('promised', t('pledges.promised'), (one) => one.promisedFen),
    moneyColumn('given', t('pledges.given'), (one) => one.givenFen),
    moneyColumn('overdue', t('pledges.overdue'), (one) => one.overdueFen || null),
    dateColumn('next', t('pledges.next'), (one) => one.nextDueOn),
    wordColumn('agreement', t('pledges.agreement'), (one) => one.agreementNumber),
    ...(onOpen
      ? [
          {
            key: 'act',
            header: t('pledges.act'),
            cell: (one: Pledge) =>
              one.state === 'open' && (
                <Button
                  label={t('pledges.openTitle', { number: one.number })}
                  onPress={() => onOpen(one)}
                >
                  {t('pledges.act')}
                </Button>
              ),
          },
        ]
      : []),
  ];
}
