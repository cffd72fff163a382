import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { Form, say, Select } from '../../../shared/ui/index.ts';
import { useFunds } from '../books/accounts.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import type { Campaign } from '../parts/codes.ts';
import { useSend } from '../parts/send.ts';

/** At the end of a campaign: what is left goes where its filed rule says. */
export function RemainderForm({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('console');
  const [target, setTarget] = useState('');
  const settle = useSend(routes.campaign.settle);
  const campaigns = usePages(routes.donation.campaigns, { query: { limit: 100 } });
  const funds = useFunds(['special', 'general']);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    if (!checks.pass({ target: filled(target, t('remainder.target')) })) return;
    const kind = funds.some((fund) => fund.value === target) ? 'fund' : 'campaign';
    settle.run(
      { params: { campaignId: campaign.id }, body: { target: { kind, id: target } } },
      () => say(t('remainder.settled')),
    );
  }
  return (
    <section className="panel">
      <h2>{t('remainder.title')}</h2>
      <p>{t('remainder.rule', { rule: campaign.remainderRule })}</p>
      <p>{t('remainder.left', { left: formatYuan(campaign.balanceFen) })}</p>
      {campaign.balanceFen > 0 && (
        <Form
          scope="remainder"
          onSend={send}
          errors={checks.errors}
          call={settle}
          send={t('remainder.send')}
        >
          <Select
            name="target"
            label={t('remainder.target')}
            placeholder=""
            value={target}
            onChange={setTarget}
            options={[
              ...funds,
              ...campaigns.items
                .filter((one) => one.id !== campaign.id && one.state !== 'closed')
                .map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        </Form>
      )}
      <p>
        <Link to="/campaigns/$code/result" params={{ code: campaign.code }}>
          {t('remainder.result')}
        </Link>
      </p>
    </section>
  );
}
