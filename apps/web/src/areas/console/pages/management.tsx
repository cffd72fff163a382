import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  DateField,
  Loaded,
  Page,
  say,
  Select,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useAccounts } from '../books/accounts.ts';
import { PartsBar } from '../books/parts-bar.tsx';
import { percentWords } from '../books/words.ts';
import { dateColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { WholeTable } from '../parts/list-table.tsx';
import { PanelForm } from '../parts/panel-form.tsx';

type Management = RouteOutput<typeof routes.payout.management>;
type Rate = Management['rates'][number];

/** The account of management cost, and what part of which gifts fills it. */
export function ManagementPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const query = useRoute(routes.payout.management);
  return (
    <Page
      title={t('books.management.title')}
      lead={t('books.management.lead')}
      aside={
        holds(session, 'book.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('books.management.add')}
          </Button>
        )
      }
    >
      {adding && <RateForm onDone={() => setAdding(false)} />}
      <Loaded query={query}>{(found) => <Found found={found} />}</Loaded>
    </Page>
  );
}

function Found({ found }: { found: Management }) {
  const { t } = useTranslation('console');
  return (
    <>
      <section className="panel" aria-label={t('books.management.account')}>
        <h2>{t('books.management.account')}</h2>
        <p>
          {t('books.management.in')} <strong className="number">{formatYuan(found.inFen)}</strong>
        </p>
        <PartsBar
          label={t('books.management.account')}
          headings={[t('books.budgets.part'), t('books.budgets.value')]}
          parts={[
            {
              key: 'out',
              label: t('books.management.out'),
              fen: found.outFen,
              shade: 'spent',
            },
            {
              key: 'left',
              label: t('books.management.balance'),
              fen: found.balanceFen,
              shade: 'free',
            },
          ]}
        />
      </section>
      <section className="panel" aria-label={t('books.management.rates')}>
        <h2>{t('books.management.rates')}</h2>
        <WholeTable
          label={t('books.management.rates')}
          rows={found.rates}
          columns={useRateColumns()}
          rowKey={(rate) => rate.accountId}
          empty={t('books.management.none')}
        />
      </section>
    </>
  );
}

function useRateColumns(): Column<Rate>[] {
  const { t } = useTranslation('console');
  return [
    wordColumn('label', t('books.management.label'), (rate) => rate.label),
    wordColumn('rate', t('books.management.rate'), (rate) => percentWords(rate.rateBasisPoints)),
    wordColumn('filing', t('books.management.filing'), (rate) => rate.filingNumber),
    dateColumn('since', t('books.management.since'), (rate) => rate.sinceOn),
    moneyColumn('split', t('books.management.split'), (rate) => rate.splitFen),
  ];
}

function RateForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const accounts = useAccounts();
  const { value, field } = useValues({
    accountId: '',
    percent: '',
    filingNumber: '',
    sinceOn: today(),
  });
  const set = useSend(routes.payout.setManagementRate);
  return (
    <PanelForm
      call={set}
      onSend={() =>
        set.run({ body: value }, () => {
          say(t('books.management.added', { day: value.sinceOn }));
          onDone();
        })
      }
      send={t('books.management.send')}
    >
      <div className="field-row">
        <Select
          {...field('accountId')}
          label={t('books.management.choose')}
          placeholder=""
          options={accounts}
        />
        <TextField
          {...field('percent')}
          label={t('books.management.percent')}
          hint={t('books.management.percentHint')}
          inputMode="decimal"
        />
        <TextField {...field('filingNumber')} label={t('books.management.filing')} />
        <DateField {...field('sinceOn')} label={t('books.management.since')} min={today()} />
      </div>
    </PanelForm>
  );
}
