import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { ButtonLink, Notice, Page, Select, type Tone } from '../../../shared/ui/index.ts';
import { channelCodes, paymentStates } from '../parts/codes.ts';
import { dateColumn, moneyColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { oneOf } from '../routes.root.tsx';

type Incoming = RouteOutput<typeof routes.payment.incoming>['items'][number];

const tones: Record<Incoming['state'], Tone> = {
  begun: 'running',
  paid: 'done',
  unknown: 'warned',
  failed: 'quiet',
};

/** Payments of givers with their state; those nobody knows about for an hour stand above. */
export function IncomingPage() {
  const { t } = useTranslation('console');
  const { channel, state, overdue } = useSearch({ from: '/desk/incoming' });
  const list = usePages(routes.payment.incoming, {
    query: { channel, state, overdue: overdue ? true : undefined, limit: 100 },
  });
  const late = list.first?.overdue ?? 0;
  return (
    <Page
      title={t('incoming.title')}
      lead={t('incoming.lead')}
      width="wide"
      aside={<ButtonLink to="/desk/reconciliation">{t('reconciliation.title')}</ButtonLink>}
    >
      {late > 0 && (
        <Notice tone="warned" title={t('incoming.overdue', { count: late })}>
          <p>
            {t('incoming.overdueBody')}{' '}
            <Link to="/desk/incoming" search={overdue ? {} : { overdue: 'yes' }}>
              {overdue ? t('incoming.showAll') : t('incoming.showOverdue')}
            </Link>
          </p>
        </Notice>
      )}
      <IncomingFilters channel={channel} state={state} />
      <ListTable
        label={t('incoming.list')}
        list={list}
        columns={useIncomingColumns()}
        rowKey={(one) => one.id}
        empty={[t('incoming.emptyTitle'), t('incoming.emptyBody')]}
      />
    </Page>
  );
}

function IncomingFilters({
  channel,
  state,
}: {
  channel?: Incoming['channel'];
  state?: Incoming['state'];
}) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const navigate = useNavigate();
  const pick = (chosen: { channel?: string; state?: string }) =>
    void navigate({
      to: '/desk/incoming',
      search: {
        channel: oneOf(channelCodes, chosen.channel),
        state: oneOf(paymentStates, chosen.state),
      },
      replace: true,
    });
  return (
    <div className="filters">
      <Select
        name="channel"
        label={t('incoming.channel')}
        placeholder={shared('all')}
        value={channel ?? ''}
        onChange={(picked) => pick({ channel: picked, state })}
        options={channelCodes.map((one) => ({ value: one, label: t(`codes.channel.${one}`) }))}
      />
      <Select
        name="state"
        label={t('incoming.state')}
        placeholder={shared('all')}
        value={state ?? ''}
        onChange={(picked) => pick({ channel, state: picked })}
        options={paymentStates.map((one) => ({ value: one, label: t(`codes.incoming.${one}`) }))}
      />
    </div>
  );
}

function useIncomingColumns(): Column<Incoming>[] {
  const { t } = useTranslation('console');
  return [
    wordColumn('order', t('incoming.order'), (one) => one.orderNumber),
    wordColumn('channel', t('incoming.channel'), (one) => t(`codes.channel.${one.channel}`)),
    stateColumn('state', t('incoming.state'), (one) => [
      t(`codes.incoming.${one.state}`),
      tones[one.state],
    ]),
    moneyColumn('amount', t('incoming.amount'), (one) => one.amountFen),
    moneyColumn('matched', t('incoming.matched'), (one) => one.matchedFen || null),
    moneyColumn('fee', t('incoming.fee'), (one) => one.feeFen),
    moneyColumn('refunded', t('incoming.refunded'), (one) => one.refundedFen || null),
    wordColumn('project', t('incoming.project'), (one) => one.projectCode),
    dateColumn('at', t('incoming.at'), (one) => one.at),
    wordColumn('gift', t('incoming.gift'), (one) => one.giftNumber),
  ];
}
