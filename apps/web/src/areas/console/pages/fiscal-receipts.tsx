import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { ButtonAnchor, Page, Select, State, type Tone } from '../../../shared/ui/index.ts';
import { dateColumn, drawnColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { FiscalFile, FiscalImport } from '../record-room/fiscal-files.tsx';
import { oneOf } from '../routes.root.tsx';

type Request = RouteOutput<typeof routes.receipt.fiscalRequests>['items'][number];

export const fiscalStates = ['asked', 'issued', 'waived'] as const;
const tones: Record<Request['state'], Tone> = {
  none: 'quiet',
  asked: 'running',
  issued: 'done',
  waived: 'quiet',
};

/** Fiscal e-receipts: what was asked goes out as a sheet, numbers come back by it. */
export function FiscalReceiptsPage() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { session } = useSession();
  const { state } = useSearch({ from: '/desk/fiscal-receipts' });
  const navigate = useNavigate();
  const list = usePages(routes.receipt.fiscalRequests, { query: { state, limit: 100 } });
  const writes = holds(session, 'receipt.write');
  const asked = list.first?.counts.find((one) => one.state === 'asked')?.count ?? 0;
  return (
    <Page title={t('fiscal.title')} lead={t('fiscal.lead')} width="wide">
      {writes && (
        <section className="panel">
          <h2>{t('fiscal.round')}</h2>
          <p>{t('fiscal.roundLead', { count: asked })}</p>
          <p>
            <ButtonAnchor kind="primary" href={addressOf(routes.receipt.exportFiscal)}>
              {t('fiscal.export')}
            </ButtonAnchor>
          </p>
          <FiscalImport />
        </section>
      )}
      <div className="filters">
        <Select
          name="state"
          label={t('fiscal.state')}
          placeholder={shared('all')}
          value={state ?? ''}
          onChange={(picked) =>
            void navigate({
              to: '/desk/fiscal-receipts',
              search: { state: oneOf(fiscalStates, picked) },
              replace: true,
            })
          }
          options={fiscalStates.map((one) => ({ value: one, label: t(`fiscal.states.${one}`) }))}
        />
      </div>
      <ListTable
        label={t('fiscal.title')}
        list={list}
        columns={useColumns(writes)}
        rowKey={(one) => one.giftId}
        empty={[t('fiscal.emptyTitle'), t('fiscal.emptyBody')]}
      />
    </Page>
  );
}

function useColumns(writes: boolean) {
  const { t } = useTranslation('console');
  return [
    wordColumn<Request>('number', t('fiscal.number'), (one) => one.number),
    wordColumn<Request>('payer', t('fiscal.payer'), (one) => one.payerName),
    moneyColumn<Request>('amount', t('fiscal.amount'), (one) => one.amountFen),
    dateColumn<Request>('at', t('fiscal.at'), (one) => one.at),
    drawnColumn<Request>('state', t('fiscal.state'), {
      words: (one) => t(`fiscal.states.${one.state}`),
      draw: (one) => <State tone={tones[one.state]}>{t(`fiscal.states.${one.state}`)}</State>,
    }),
    wordColumn<Request>('receipt', t('fiscal.receiptNumber'), (one) => one.receiptNumber),
    dateColumn<Request>('issuedOn', t('fiscal.issuedOn'), (one) => one.issuedOn),
    drawnColumn<Request>('file', t('fiscal.file'), {
      words: (one) => t(one.hasFile ? 'fiscal.fileThere' : 'fiscal.fileNone'),
      draw: (one) =>
        writes && one.state === 'issued' && !one.hasFile ? (
          <FiscalFile giftId={one.giftId} number={one.number} />
        ) : (
          t(one.hasFile ? 'fiscal.fileThere' : 'fiscal.fileNone')
        ),
    }),
  ];
}
