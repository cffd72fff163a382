import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { DateField, say, Select, TextField, YuanField } from '../../../shared/ui/index.ts';
import { useValues, type Values } from '../../../shared/values.ts';
import { useFunds } from '../books/accounts.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { useOrganizations } from '../parts/organizations.tsx';
import { PanelForm } from '../parts/panel-form.tsx';

const empty = {
  campaignId: '',
  organizationId: '',
  amountYuan: '',
  bankReference: '',
  paidOn: today(),
  agreementNumber: '',
  ratioPercent: '100',
  capPerGiftYuan: '100',
  capPerPayerYuan: '500',
  fromOn: today(),
  untilOn: '',
  remainderFundId: '',
};
type Value = typeof empty;
const texts = [
  ['agreementNumber', 'agreement'],
  ['bankReference', 'reference'],
] as const;
const amounts = ['amountYuan', 'capPerGiftYuan', 'capPerPayerYuan'] as const;
const days = ['paidOn', 'fromOn', 'untilOn'] as const;

/** Opens a matching pot: whose money, for which campaign, by which rule, and where the rest goes. */
export function PotForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const form = useValues(empty);
  const { value, field } = form;
  const open = useSend(routes.matching.open);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      campaignId: filled(value.campaignId, t('matching.campaign')),
      organizationId: filled(value.organizationId, t('matching.enterprise')),
      agreementNumber: filled(value.agreementNumber, t('matching.agreement')),
      bankReference: filled(value.bankReference, t('matching.reference')),
      amountYuan: filled(value.amountYuan, t('matching.amountYuan')),
      untilOn: filled(value.untilOn, t('matching.untilOn')),
    });
    if (!fine) return;
    const body = { ...value, remainderFundId: value.remainderFundId || null };
    open.run({ body }, (pot) => {
      say(t('matching.opened', { code: pot.code }));
      onDone();
    });
  }
  return (
    <PanelForm onSend={send} errors={checks.errors} call={open} send={t('matching.send')}>
      <Choices {...form} />
      <div className="field-row">
        {texts.map(([key, label]) => (
          <TextField key={key} {...field(key)} label={t(`matching.${label}`)} />
        ))}
        <Select
          {...field('ratioPercent')}
          label={t('matching.ratio')}
          options={['50', '100', '200'].map((one) => ({
            value: one,
            label: t('matching.ratioOf', { added: Number(one) / 100 }),
          }))}
        />
      </div>
      <div className="field-row">
        {amounts.map((key) => (
          <YuanField key={key} {...field(key)} label={t(`matching.${key}`)} />
        ))}
      </div>
      <div className="field-row">
        {days.map((key) => (
          <DateField key={key} {...field(key)} label={t(`matching.${key}`)} />
        ))}
      </div>
    </PanelForm>
  );
}

function Choices({ field }: Values<Value>) {
  const { t } = useTranslation('console');
  const campaigns = usePages(routes.donation.campaigns, { query: { limit: 100 } });
  const organizations = useOrganizations();
  const funds = useFunds(['special']);
  return (
    <div className="field-row">
      <Select
        {...field('campaignId')}
        label={t('matching.campaign')}
        placeholder=""
        options={campaigns.items
          .filter((one) => one.state !== 'closed')
          .map((one) => ({ value: one.id, label: one.name }))}
      />
      <Select
        {...field('organizationId')}
        label={t('matching.enterprise')}
        placeholder=""
        options={organizations}
      />
      <Select
        {...field('remainderFundId')}
        optional
        label={t('matching.remainder')}
        placeholder={t('matching.toCampaign')}
        options={funds}
      />
    </div>
  );
}
