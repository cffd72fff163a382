import { routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../shared/draft.ts';
import {
  DateField,
  Form,
  Page,
  say,
  Select,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { legalForms } from '../parts/codes.ts';
import { useSend } from '../parts/send.ts';

const empty = {
  name: '',
  legalForm: 'public_fundraising' as (typeof legalForms)[number],
  summary: '',
  purpose: '',
  beneficiaries: '',
  useOfMoney: '',
  costs: '',
  remainderRule: '',
  opensOn: '',
  closesOn: '',
  goalYuan: '',
};
const paragraphs = [
  'summary',
  'purpose',
  'beneficiaries',
  'useOfMoney',
  'costs',
  'remainderRule',
] as const;

/** Drafts a campaign with every field of its plan (Charity Law 24); kept until it is saved. */
export function NewCampaignPage() {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const draft = useDraft('desk:campaign', empty);
  const create = useSend(routes.donation.draftCampaign);
  const checks = useChecks();
  const filled = useFilled();
  const { value, update, field } = draft;
  function send() {
    const fine = checks.pass({
      name: filled(value.name, t('campaigns.name')),
      ...Object.fromEntries(
        paragraphs.map((key) => [key, filled(value[key], t(`campaigns.${key}`))]),
      ),
      opensOn: filled(value.opensOn, t('campaigns.opensOn')),
      closesOn: filled(value.closesOn, t('campaigns.closesOn')),
    });
    if (!fine) return;
    create.run({ body: { ...value, goalYuan: value.goalYuan.trim() || null } }, ({ code }) => {
      draft.clear();
      say(t('campaigns.drafted'));
      void navigate({ to: '/desk/campaigns/$code', params: { code }, replace: true });
    });
  }
  return (
    <Page title={t('campaigns.draftTitle')} lead={t('campaigns.draftLead')}>
      <Form onSend={send} errors={checks.errors} call={create} send={t('campaigns.draftSend')}>
        <TextField {...field('name')} label={t('campaigns.name')} />
        <Select
          name="legalForm"
          label={t('campaigns.form')}
          value={value.legalForm}
          onChange={(form) =>
            update({ legalForm: oneOf(legalForms, form) ?? 'public_fundraising' })
          }
          options={legalForms.map((one) => ({ value: one, label: t(`codes.legalForm.${one}`) }))}
        />
        {paragraphs.map((key) => (
          <TextArea
            key={key}
            {...field(key)}
            label={t(`campaigns.${key}`)}
            hint={key === 'remainderRule' ? t('campaigns.remainderHint') : undefined}
            rows={3}
            most={2000}
          />
        ))}
        <div className="field-row">
          <DateField {...field('opensOn')} label={t('campaigns.opensOn')} />
          <DateField
            {...field('closesOn')}
            label={t('campaigns.closesOn')}
            min={value.opensOn || undefined}
          />
          <YuanField {...field('goalYuan')} optional label={t('campaigns.goalYuan')} />
        </div>
      </Form>
    </Page>
  );
}
