import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import {
  DateField,
  Form,
  RadioGroup,
  say,
  Select,
  TextArea,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { useOrganizations } from '../parts/organizations.tsx';

const forms = ['sale_promise', 'direct_gift'] as const;
const empty = {
  legalForm: 'sale_promise' as (typeof forms)[number],
  organizationId: '',
  text: '',
  amountYuan: '',
  happenedOn: today(),
};

/** Writes down a promise tied to sales or a gift straight to a person: beside, in no total. */
export function RecordedForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const { value, update, field } = useValues(empty);
  const record = useSend(routes.campaign.record);
  const organizations = useOrganizations();
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const isPromise = value.legalForm === 'sale_promise';
    const fine = checks.pass({
      text: filled(value.text, t('recorded.text')),
      organizationId: isPromise && filled(value.organizationId, t('recorded.merchant')),
    });
    if (!fine) return;
    const { organizationId, amountYuan, ...body } = value;
    record.run(
      {
        body: {
          ...body,
          campaignId: null,
          organizationId: organizationId || null,
          amountYuan: amountYuan.trim() || null,
        },
      },
      () => {
        say(t('recorded.done'));
        onDone();
      },
    );
  }
  return (
    <section className="panel">
      <p className="soft">{t('recorded.lead')}</p>
      <Form
        scope="recorded"
        onSend={send}
        errors={checks.errors}
        call={record}
        send={t('recorded.send')}
      >
        <RadioGroup
          name="legalForm"
          label={t('campaigns.form')}
          value={value.legalForm}
          onChange={(form) => update({ legalForm: forms.find((one) => one === form) ?? forms[0] })}
          options={forms.map((one) => ({ value: one, label: t(`codes.legalForm.${one}`) }))}
        />
        <div className="field-row">
          <Select
            {...field('organizationId')}
            optional={value.legalForm === 'direct_gift'}
            label={t('recorded.merchant')}
            placeholder=""
            options={organizations}
          />
          <YuanField {...field('amountYuan')} optional label={t('recorded.amount')} />
          <DateField {...field('happenedOn')} label={t('recorded.on')} max={today()} />
        </div>
        <TextArea
          {...field('text')}
          label={t('recorded.text')}
          hint={t('recorded.textHint')}
          rows={2}
          most={2000}
        />
      </Form>
    </section>
  );
}
