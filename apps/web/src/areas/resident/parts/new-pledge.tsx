import { formatYuan, parseYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAmountCheck } from '../../../shared/amount.ts';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  Card,
  DateField,
  Form,
  Loaded,
  newFormId,
  say,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';

interface Part {
  dueOn: string;
  amountYuan: string;
}

const sumOf = (parts: readonly Part[]) =>
  parts.reduce((sum, part) => sum + (parseYuan(part.amountYuan) ?? 0), 0);

/** Promises to give to a campaign, at once or in instalments; the sum is the sum of its parts. */
export function NewPledge({ code }: { code: string }) {
  const query = useRoute(routes.donation.campaign, { params: { code } });
  return (
    <Loaded query={query}>
      {({ campaign }) => <PledgeForm campaignId={campaign.id} name={campaign.name} />}
    </Loaded>
  );
}

function PledgeForm({ campaignId, name }: { campaignId: string; name: string }) {
  const { t } = useTranslation('resident');
  const navigate = useNavigate();
  const amountWrong = useAmountCheck();
  const [parts, setParts] = useState<Part[]>([{ dueOn: '', amountYuan: '' }]);
  const [displayName, setDisplayName] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [formId] = useState(newFormId);
  const promise = useCall(routes.pledge.promise);
  const set = (index: number, change: Partial<Part>) =>
    setParts(parts.map((part, place) => (place === index ? { ...part, ...change } : part)));
  async function send() {
    const found: Record<string, string> = {};
    parts.forEach((part, index) => {
      if (!part.dueOn) found[`instalments.${index}.dueOn`] = t('pledges.dueMissing');
      const wrong = amountWrong(part.amountYuan, t('pledges.amountMissing'));
      if (wrong) found[`instalments.${index}.amountYuan`] = wrong;
    });
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const amountYuan = (sumOf(parts) / 100).toFixed(2);
    const body = { campaignId, amountYuan, instalments: parts, formId };
    await promise.send({ body: { ...body, displayName: displayName.trim() || null } });
    say(t('pledges.promised'));
    void navigate({ to: '/my/pledges', search: {}, replace: true });
  }
  return (
    <Card as="section">
      <h2>{t('pledges.newTitle', { name })}</h2>
      <p className="soft">{t('pledges.newLead')}</p>
      <Form onSend={() => void send().catch(() => undefined)} errors={errors} call={promise}>
        {parts.map((part, index) => (
          <div key={index} className="field-row">
            <DateField
              name={`instalments.${index}.dueOn`}
              label={t('pledges.dueOn', { place: index + 1 })}
              value={part.dueOn}
              onChange={(dueOn) => set(index, { dueOn })}
            />
            <YuanField
              name={`instalments.${index}.amountYuan`}
              label={t('pledges.partAmount', { place: index + 1 })}
              value={part.amountYuan}
              onChange={(amountYuan) => set(index, { amountYuan })}
            />
          </div>
        ))}
        <p className="row">
          <Button onPress={() => setParts([...parts, { dueOn: '', amountYuan: '' }])}>
            {t('pledges.addPart')}
          </Button>
          {parts.length > 1 && (
            <Button kind="quiet" onPress={() => setParts(parts.slice(0, -1))}>
              {t('pledges.removePart')}
            </Button>
          )}
        </p>
        <TextField
          name="displayName"
          optional
          label={t('pledges.name')}
          hint={t('pledges.nameHint')}
          maxLength={20}
          value={displayName}
          onChange={setDisplayName}
        />
        <Button kind="primary" type="submit" wide busy={promise.busy}>
          {t('pledges.send', { amount: formatYuan(sumOf(parts)) })}
        </Button>
      </Form>
    </Card>
  );
}
