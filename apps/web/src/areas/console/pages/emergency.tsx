import { routes, type RouteOutput } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  DateField,
  Form,
  Loaded,
  Notice,
  Page,
  RadioGroup,
  say,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';

type Plans = RouteOutput<typeof routes.campaign.emergencyPlans>;
type Kind = Plans['plans'][number]['kind'];
const paragraphs = [
  'summary',
  'purpose',
  'beneficiaries',
  'useOfMoney',
  'costs',
  'remainderRule',
] as const;
const evidence = ['certificateNumber', 'listing', 'ownAccount'] as const;

/** Opens an emergency campaign from a ready plan; its filing follows, and both clocks begin. */
export function EmergencyPage() {
  const { t } = useTranslation('console');
  const query = useRoute(routes.campaign.emergencyPlans);
  return (
    <Page title={t('emergency.title')} lead={t('emergency.lead')}>
      <Notice>{t('emergency.law')}</Notice>
      <Loaded query={query} lines={8}>
        {(plans) => <EmergencyForm plans={plans} />}
      </Loaded>
    </Page>
  );
}

/** A plan as the form begins with it; it ends so many days from today. */
function filledIn(plans: Plans, kind: Kind) {
  const { days, ...plan } = plans.plans.find((one) => one.kind === kind)!.plan;
  const { certificateNumber, listing, ownAccount } = plans;
  const closesOn = new Date(Date.parse(today()) + days * 86_400_000).toISOString().slice(0, 10);
  return { ...plan, certificateNumber, listing, ownAccount, closesOn, goalYuan: '' };
}

function EmergencyForm({ plans }: { plans: Plans }) {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>(plans.plans[0]!.kind);
  const { value, setValue, field } = useValues(() => filledIn(plans, kind));
  const open = useSend(routes.campaign.openEmergency);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const labels = Object.fromEntries(
      [...paragraphs, ...evidence].map((key) => [
        key,
        filled(value[key], t(`emergency.fields.${key}`)),
      ]),
    );
    if (!checks.pass({ name: filled(value.name, t('campaigns.name')), ...labels })) return;
    const body = { ...value, kind, goalYuan: value.goalYuan.trim() || null };
    open.run({ body }, ({ code }) => {
      say(t('emergency.opened'));
      void navigate({ to: '/desk/campaigns/$code', params: { code } });
    });
  }
  const choose = (text: string) => {
    const chosen = plans.plans.find((one) => one.kind === text);
    if (!chosen) return;
    setKind(chosen.kind);
    setValue(filledIn(plans, chosen.kind));
  };
  return (
    <Form onSend={send} errors={checks.errors} call={open} send={t('emergency.open')}>
      <RadioGroup
        name="kind"
        label={t('emergency.kind')}
        value={kind}
        onChange={choose}
        options={plans.plans.map((one) => ({
          value: one.kind,
          label: t(`emergency.kinds.${one.kind}`),
        }))}
      />
      <TextField {...field('name')} label={t('campaigns.name')} />
      <fieldset className="stack">
        <legend>{t('emergency.ticks')}</legend>
        {evidence.map((key) => (
          <TextField key={key} {...field(key)} label={t(`emergency.fields.${key}`)} />
        ))}
      </fieldset>
      <div className="field-row">
        <DateField {...field('closesOn')} label={t('campaigns.closesOn')} min={today()} />
        <YuanField {...field('goalYuan')} optional label={t('campaigns.goalYuan')} />
      </div>
      {paragraphs.map((key) => (
        <TextArea
          key={key}
          {...field(key)}
          label={t(`emergency.fields.${key}`)}
          rows={2}
          most={2000}
        />
      ))}
    </Form>
  );
}
