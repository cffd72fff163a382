import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  DateField,
  Form,
  RadioGroup,
  say,
  Select,
  TextArea,
  YuanField,
} from '../../../shared/ui/index.ts';
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
  const [value, setValue] = useState(empty);
  const update = (change: Partial<typeof empty>) => setValue((now) => ({ ...now, ...change }));
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
        refusal={record.refusal}
        busy={record.busy}
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
            name="organizationId"
            optional={value.legalForm === 'direct_gift'}
            label={t('recorded.merchant')}
            placeholder=""
            value={value.organizationId}
            onChange={(organizationId) => update({ organizationId })}
            options={organizations}
          />
          <YuanField
            name="amountYuan"
            optional
            label={t('recorded.amount')}
            value={value.amountYuan}
            onChange={(amountYuan) => update({ amountYuan })}
          />
          <DateField
            name="happenedOn"
            label={t('recorded.on')}
            max={today()}
            value={value.happenedOn}
            onChange={(happenedOn) => update({ happenedOn })}
          />
        </div>
        <TextArea
          name="text"
          label={t('recorded.text')}
          hint={t('recorded.textHint')}
          rows={2}
          most={2000}
          value={value.text}
          onChange={(text) => update({ text })}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={record.busy}>
            {t('recorded.send')}
          </Button>
        </div>
      </Form>
    </section>
  );
}
