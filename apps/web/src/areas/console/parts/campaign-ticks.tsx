import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  DateField,
  Form,
  RefusalNotice,
  say,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from './checks.ts';
import type { Campaign } from './codes.ts';
import { useSend } from './send.ts';

interface TickProps {
  campaignId: string;
  tick: Campaign['ticks'][number];
}

/** One requirement: on file with its evidence, or the form that puts it there. */
export function Tick({ campaignId, tick }: TickProps) {
  const { t } = useTranslation('console');
  return (
    <li className="stack-tight">
      <span className="row-between">
        <strong>{t(`codes.tick.${tick.tick}`)}</strong>
        <State tone={tick.done ? 'done' : 'warned'}>
          {t(tick.done ? 'campaigns.tickDone' : 'campaigns.tickMissing')}
        </State>
      </span>
      {tick.detail && <span className="soft">{tick.detail}</span>}
      {!tick.done && <TickForm campaignId={campaignId} tick={tick} />}
    </li>
  );
}

function TickForm({ campaignId, tick }: TickProps) {
  const { t } = useTranslation('console');
  const [detail, setDetail] = useState('');
  const [filedOn, setFiledOn] = useState('');
  const set = useSend(routes.donation.setTick);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    if (!checks.pass({ detail: filled(detail, t('campaigns.tickDetail')) })) return;
    const body = { tick: tick.tick, detail, filedOn: filedOn || null };
    set.run({ params: { campaignId }, body }, () => say(t('campaigns.ticked')));
  }
  return (
    <details>
      <summary className="button button-secondary">{t('campaigns.tickSend')}</summary>
      <Form
        scope={tick.tick}
        onSend={send}
        errors={checks.errors}
        call={set}
        send={t('campaigns.tickSend')}
      >
        <TextField
          name="detail"
          label={t('campaigns.tickDetail')}
          hint={t(`campaigns.tickDetailHints.${tick.tick}`)}
          value={detail}
          onChange={setDetail}
        />
        {tick.tick === 'filed_plan' && (
          <DateField
            name="filedOn"
            label={t('campaigns.filedOn')}
            value={filedOn}
            onChange={setFiledOn}
          />
        )}
      </Form>
    </details>
  );
}

/** Opens the campaign; the server refuses while something is missing, and says what. */
export function OpenCampaign({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('console');
  const open = useSend(routes.donation.openCampaign);
  if (campaign.state === 'open') return <State tone="done">{t('campaigns.isOpen')}</State>;
  if (campaign.state === 'closed') return null;
  return (
    <div className="stack-tight">
      <p className="soft">{t('campaigns.openNote')}</p>
      {open.refusal && (
        <div role="alert">
          <RefusalNotice refusal={open.refusal} />
        </div>
      )}
      <p>
        <Button
          kind="primary"
          busy={open.busy}
          onPress={() =>
            open.run({ params: { campaignId: campaign.id } }, () => say(t('campaigns.opened')))
          }
        >
          {t('campaigns.open')}
        </Button>
      </p>
    </div>
  );
}
