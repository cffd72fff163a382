import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Page, Select, type Tone } from '../../../shared/ui/index.ts';
import {
  dateColumn,
  drawnColumn,
  moneyColumn,
  wordColumn,
  stateColumn,
} from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

type Gift = RouteOutput<typeof routes.donation.gifts>['items'][number];

const tones: Record<Gift['state'], Tone> = {
  waiting: 'running',
  received: 'done',
  unknown: 'warned',
  failed: 'late',
};

/** Gifts as the federation reads them, by campaign. */
export function GiftsPage() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { campaign } = useSearch({ from: '/desk/gifts' });
  const navigate = useNavigate();
  const gifts = usePages(routes.donation.gifts, { query: { campaignCode: campaign, limit: 200 } });
  const campaigns = usePages(routes.donation.campaigns, { query: { limit: 100 } });
  return (
    <Page title={t('gifts.title')} lead={t('gifts.lead')} width="wide">
      <div className="filters">
        <Select
          name="campaign"
          label={t('gifts.campaign')}
          placeholder={shared('all')}
          value={campaign ?? ''}
          onChange={(code) =>
            void navigate({
              to: '/desk/gifts',
              search: { campaign: code || undefined },
              replace: true,
            })
          }
          options={campaigns.items.map((one) => ({ value: one.code, label: one.name }))}
        />
      </div>
      <ListTable
        label={t('gifts.list')}
        list={gifts}
        columns={useGiftColumns()}
        rowKey={(gift) => gift.id}
        empty={[t('gifts.emptyTitle'), t('gifts.emptyBody')]}
      />
    </Page>
  );
}

function useGiftColumns(): Column<Gift>[] {
  const { t } = useTranslation('console');
  return [
    drawnColumn('number', t('gifts.number'), {
      words: (one) => one.number,
      draw: (one) =>
        one.token ? (
          <Link to="/gifts/$token" params={{ token: one.token }} className="number">
            {one.number}
          </Link>
        ) : (
          <span className="number">{one.number}</span>
        ),
    }),
    dateColumn('at', t('gifts.at'), (one) => one.at),
    moneyColumn('amount', t('gifts.amount'), (one) => one.amountFen),
    wordColumn('target', t('gifts.target'), (one) => one.targetLabel),
    wordColumn('name', t('gifts.name'), (one) => one.displayName),
    wordColumn('form', t('gifts.form'), (one) => t(`codes.legalForm.${one.legalForm}`)),
    stateColumn('state', t('gifts.state'), (one) => [
      t(`codes.gift.${one.state}`),
      tones[one.state],
    ]),
  ];
}
