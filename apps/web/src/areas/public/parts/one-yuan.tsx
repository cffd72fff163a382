import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { Button, Dialog, newFormId, RefusalNotice } from '../../../shared/ui/index.ts';

type OneYuan = NonNullable<RouteOutput<typeof routes.campaign.totals>['oneYuan']>;

const anonymous = {
  displayName: null,
  hideFromPublic: true,
  hideFromRecipient: true,
  hideFromStaff: false,
};

/** One yuan in two taps: the first says for what and by which rule, the second goes to the cashier. */
export function OneYuanButton({ target }: { target: OneYuan }) {
  const { t } = useTranslation('public');
  const [open, setOpen] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [formId] = useState(newFormId);
  const start = useCall(routes.donation.startGift);
  async function pay() {
    const { cashierUrl } = await start.send({
      body: {
        target: { kind: 'campaign', id: target.campaignId },
        amountYuan: '1',
        name: anonymous,
        formId,
      },
    });
    setLeaving(true);
    window.location.assign(cashierUrl);
  }
  return (
    <>
      <Button kind="primary" onPress={() => setOpen(true)}>
        {t('oneYuan.give')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('oneYuan.title')}>
        <div className="stack-tight">
          <p>
            <strong>{t('oneYuan.to', { name: target.name })}</strong>
          </p>
          <p className="soft small">{target.formSentence}</p>
          <p className="small">{target.remainderRule}</p>
          {start.refusal && (
            <div role="alert">
              <RefusalNotice refusal={start.refusal} />
            </div>
          )}
          <Button
            kind="primary"
            wide
            busy={start.busy || leaving}
            onPress={() => void pay().catch(() => undefined)}
          >
            {t('give.pay', { amount: formatYuan(100) })}
          </Button>
          <p className="soft small">{t('oneYuan.where')}</p>
        </div>
      </Dialog>
    </>
  );
}
