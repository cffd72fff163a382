import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  Dialog,
  Form,
  Money,
  Notice,
  say,
  Select,
  State,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { drawnColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';

type Project = RouteOutput<typeof routes.payment.platformProjects>['items'][number];

const FORMS_OF_THE_PLATFORM = ['public_fundraising', 'designated_form'];

/** Project numbers of the platform; the money of those nobody has attached waits here. */
export function Projects() {
  const { t } = useTranslation('console');
  const projects = usePages(routes.payment.platformProjects, { query: { limit: 200 } });
  const [attaching, setAttaching] = useState<Project | null>(null);
  const columns = useProjectColumns(setAttaching);
  if (projects.isEmpty) return null;
  const open = projects.items.filter((one) => one.campaignCode === null);
  return (
    <section className="panel" aria-label={t('projects.title')}>
      <h2>{t('projects.title')}</h2>
      <p className="soft">{t('projects.lead')}</p>
      {open.length > 0 && (
        <Notice tone="warned" title={t('projects.waiting', { count: open.length })}>
          <p>
            {t('projects.held')} <Money fen={open.reduce((sum, one) => sum + one.heldFen, 0)} />
          </p>
        </Notice>
      )}
      <ListTable
        label={t('projects.title')}
        list={projects}
        columns={columns}
        rowKey={(one) => one.id}
        empty={['', '']}
      />
      {attaching && <AttachForm project={attaching} onClose={() => setAttaching(null)} />}
    </section>
  );
}

function useProjectColumns(onAttach: (project: Project) => void): Column<Project>[] {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const attaches = holds(session, 'incoming.write');
  return [
    wordColumn('code', t('projects.code'), (one) => one.code ?? t('projects.noCode')),
    wordColumn('name', t('projects.name'), (one) => one.name),
    {
      ...wordColumn<Project>('gifts', t('projects.gifts'), (one) => String(one.gifts)),
      numeric: true,
    },
    moneyColumn('given', t('projects.given'), (one) => one.givenFen),
    moneyColumn('held', t('projects.heldNow'), (one) => one.heldFen),
    drawnColumn('campaign', t('projects.campaign'), {
      words: (one) => one.campaignName,
      draw: (one) =>
        one.campaignName ? (
          <State tone="done">{one.campaignName}</State>
        ) : (
          <State tone="warned">{t('projects.unattached')}</State>
        ),
    }),
    ...(attaches
      ? [
          {
            key: 'attach',
            header: t('projects.attach'),
            cell: (one: Project) =>
              one.campaignCode === null && (
                <Button
                  label={t('projects.attachLabel', { name: one.code ?? one.name })}
                  onPress={() => onAttach(one)}
                >
                  {t('projects.attach')}
                </Button>
              ),
          },
        ]
      : []),
  ];
}

function AttachForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation('console');
  const campaigns = usePages(routes.donation.campaigns, { query: { limit: 200 } });
  const [campaignId, setCampaignId] = useState('');
  const send = useSend(routes.payment.attachProject);
  const checks = useChecks();
  const filled = useFilled();
  const name = [project.code, project.name].filter(Boolean).join(' ');
  return (
    <Dialog title={t('projects.attachTitle', { name })} open onClose={onClose}>
      <Form
        call={send}
        errors={checks.errors}
        onSend={() => {
          if (!checks.pass({ campaignId: filled(campaignId, t('projects.campaign')) })) return;
          send.run({ params: { projectId: project.id }, body: { campaignId } }, () => {
            say(t('projects.attached'));
            onClose();
          });
        }}
        send={t('projects.attach')}
      >
        <p>{t('projects.attachNote')}</p>
        <Select
          name="campaignId"
          label={t('projects.campaign')}
          placeholder={t('projects.choose')}
          value={campaignId}
          onChange={setCampaignId}
          options={campaigns.items
            .filter((one) => FORMS_OF_THE_PLATFORM.includes(one.legalForm))
            .map((one) => ({ value: one.id, label: `${one.code} ${one.name}` }))}
        />
      </Form>
    </Dialog>
  );
}
