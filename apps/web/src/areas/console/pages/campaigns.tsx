import { routes } from '@wennuan/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, ButtonLink, DateText, Page } from '../../../shared/ui/index.ts';
import { RecordedForm } from '../campaign/recorded-form.tsx';
import { type Campaign, campaignTones } from '../parts/codes.ts';
import { drawnColumn, moneyColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

/** The federation's campaigns, drafts included. */
export function CampaignsPage() {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const [recording, setRecording] = useState(false);
  const campaigns = usePages(routes.donation.campaigns, { query: { limit: 100 } });
  return (
    <Page
      title={t('campaigns.title')}
      lead={t('campaigns.lead')}
      width="wide"
      aside={
        <span className="row">
          <Button expanded={recording} onPress={() => setRecording(!recording)}>
            {t('recorded.open')}
          </Button>
          <ButtonLink to="/desk/campaigns/emergency">{t('emergency.title')}</ButtonLink>
          <ButtonLink kind="primary" to="/desk/campaigns/new">
            {t('campaigns.add')}
          </ButtonLink>
        </span>
      }
    >
      {recording && <RecordedForm onDone={() => setRecording(false)} />}
      <ListTable
        label={t('campaigns.list')}
        list={campaigns}
        columns={useCampaignColumns()}
        rowKey={(campaign) => campaign.id}
        onOpen={({ code }) => void navigate({ to: '/desk/campaigns/$code', params: { code } })}
        empty={[t('campaigns.emptyTitle'), t('campaigns.emptyBody')]}
      />
    </Page>
  );
}

function useCampaignColumns(): Column<Campaign>[] {
  const { t } = useTranslation('console');
  return [
    drawnColumn('name', t('campaigns.name'), {
      words: (one) => one.name,
      draw: (one) => (
        <Link to="/desk/campaigns/$code" params={{ code: one.code }}>
          {one.name}
        </Link>
      ),
    }),
    stateColumn('state', t('campaigns.state'), (one) => [
      t(`codes.campaign.${one.state}`),
      campaignTones[one.state],
    ]),
    wordColumn('form', t('campaigns.form'), (one) => t(`codes.legalForm.${one.legalForm}`)),
    drawnColumn('period', t('campaigns.period'), {
      words: (one) => one.opensOn,
      draw: (one) => (
        <>
          <DateText at={one.opensOn} /> – <DateText at={one.closesOn} />
        </>
      ),
    }),
    moneyColumn('in', t('campaigns.in'), (one) => one.inFen),
    moneyColumn('goal', t('campaigns.goal'), (one) => one.goalFen),
    drawnColumn('gifts', t('campaigns.gifts'), {
      words: (one) => String(one.gifts),
      draw: (one) => t('campaigns.giftsUnit', { count: one.gifts }),
    }),
  ];
}
