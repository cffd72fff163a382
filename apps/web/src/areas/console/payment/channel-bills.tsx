import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, RefusalNotice, say, type Tone } from '../../../shared/ui/index.ts';
import { dateColumn, drawnColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { useSend } from '../parts/send.ts';
import { WholeTable } from '../parts/list-table.tsx';

type Bill = RouteOutput<typeof routes.payment.bills>['items'][number];

const tones: Record<Bill['state'], Tone> = {
  imported: 'done',
  none: 'quiet',
  away: 'warned',
  refused: 'late',
  differs: 'late',
};

/** Bills the system fetched by itself; nothing is shown where no channel gives any. */
export function ChannelBills() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const bills = useRoute(routes.payment.bills).data?.items ?? [];
  const fetch = useSend(routes.payment.fetchBill);
  if (bills.length === 0) return null;
  const again = (bill: Bill) =>
    fetch.run({ params: { channel: bill.channel, day: bill.day } }, () =>
      say(t('reconciliation.billAsked')),
    );
  const columns: Column<Bill>[] = [
    dateColumn('day', t('reconciliation.billDay'), (bill) => bill.day),
    wordColumn('channel', t('incoming.channel'), (bill) => bill.channelName),
    stateColumn('state', t('incoming.state'), (bill) => [
      t(`reconciliation.billStates.${bill.state}`),
      tones[bill.state],
    ]),
    wordColumn('gifts', t('reconciliation.billNew'), (bill) => String(bill.newGifts)),
    wordColumn('differences', t('reconciliation.billDifferences'), (bill) =>
      String(bill.differences),
    ),
    wordColumn('note', t('reconciliation.billNote'), (bill) => bill.note),
    dateColumn('askedAt', t('reconciliation.billAskedAt'), (bill) => bill.askedAt),
    ...(holds(session, 'incoming.write')
      ? [
          drawnColumn<Bill>('again', t('reconciliation.billAgain'), {
            words: () => null,
            draw: (bill) => (
              <Button
                busy={fetch.busy}
                label={t('reconciliation.billAgainFor', {
                  channel: bill.channelName,
                  day: bill.day,
                })}
                onPress={() => again(bill)}
              >
                {t('reconciliation.billAgain')}
              </Button>
            ),
          }),
        ]
      : []),
  ];
  return (
    <section className="panel" aria-label={t('reconciliation.bills')}>
      <h2>{t('reconciliation.bills')}</h2>
      <p className="soft">{t('reconciliation.billsLead')}</p>
      {fetch.refusal && <RefusalNotice refusal={fetch.refusal} />}
      <WholeTable
        label={t('reconciliation.bills')}
        rows={bills}
        rowKey={(bill) => `${bill.channel} ${bill.day}`}
        columns={columns}
      />
    </section>
  );
}
