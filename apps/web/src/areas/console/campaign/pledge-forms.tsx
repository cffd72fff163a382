import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import {
  DateField,
  Form,
  newFormId,
  say,
  Select,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';
import { useOrganizations } from '../parts/organizations.tsx';
import { PanelForm } from '../parts/panel-form.tsx';

const empty = {
  campaignId: '',
  organizationId: '',
  agreementNumber: '',
  amountYuan: '',
  dueOn: '',
};

/** Records a pledge that an enterprise made on paper, due by one day. */
export function RecordPledge({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const { value, field } = useValues(empty);
  const [formId] = useState(newFormId);
  const record = useSend(routes.pledge.record);
  const campaigns = usePages(routes.donation.campaigns, { query: { limit: 100 } });
  const organizations = useOrganizations();
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      campaignId: filled(value.campaignId, t('pledges.campaign')),
      organizationId: filled(value.organizationId, t('pledges.who')),
      amountYuan: filled(value.amountYuan, t('pledges.amount')),
      dueOn: filled(value.dueOn, t('pledges.dueOn')),
    });
    if (!fine) return;
    const { dueOn, ...body } = value;
    const instalments = [{ dueOn, amountYuan: value.amountYuan }];
    record.run({ body: { ...body, formId, instalments } }, (made) => {
      say(t('pledges.recorded', { number: made.number }));
      onDone();
    });
  }
  return (
    <PanelForm onSend={send} errors={checks.errors} call={record} send={t('pledges.send')}>
      <div className="field-row">
        <Select
          {...field('organizationId')}
          label={t('pledges.who')}
          placeholder=""
          options={organizations}
        />
        <Select
          {...field('campaignId')}
          label={t('pledges.campaign')}
          placeholder=""
          options={campaigns.items.map((one) => ({ value: one.id, label: one.name }))}
        />
        <TextField {...field('agreementNumber')} optional label={t('pledges.agreement')} />
      </div>
      <div className="field-row">
        <YuanField {...field('amountYuan')} label={t('pledges.amount')} />
        <DateField {...field('dueOn')} label={t('pledges.dueOn')} />
      </div>
    </PanelForm>
  );
}

/** Counts a gift towards a pledge by its number. */
export function LinkGift({ pledgeId, onDone }: { pledgeId: string; onDone: () => void }) {
  const { t } = useTranslation('console');
  const [giftNumber, setNumber] = useState('');
  const link = useSend(routes.pledge.link);
  const send = () =>
    link.run({ params: { pledgeId }, body: { giftNumber } }, () => {
      say(t('pledges.linked'));
      onDone();
    });
  return (
    <Form scope="link" onSend={send} call={link} send={t('pledges.link')}>
      <TextField
        name="giftNumber"
        label={t('pledges.giftNumber')}
        hint={t('pledges.giftHint')}
        value={giftNumber}
        onChange={setNumber}
      />
    </Form>
  );
}

/** Ends a pledge that will not be kept, with the reason. */
export function ReleasePledge({ pledgeId, onDone }: { pledgeId: string; onDone: () => void }) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const release = useSend(routes.pledge.release);
  const send = () =>
    release.run({ params: { pledgeId }, body: { reason } }, () => {
      say(t('pledges.releasedNow'));
      onDone();
    });
  return (
    <Form scope="release" onSend={send} call={release} send={t('pledges.release')} kind="secondary">
      <TextField name="reason" label={t('pledges.reason')} value={reason} onChange={setReason} />
    </Form>
  );
}
