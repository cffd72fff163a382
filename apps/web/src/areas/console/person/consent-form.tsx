import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, say, Select, TextField } from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { consentPurposes, doorConsents } from '../parts/codes.ts';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';

const empty = {
  purpose: 'health_data' as (typeof consentPurposes)[number],
  form: '' as '' | (typeof doorConsents)[number],
  note: '',
};

/** Notes that she, or her guardian, agreed to one purpose. */
export function ConsentForm({ personId }: { personId: string }) {
  const { t } = useTranslation('console');
  const [value, setValue] = useState(empty);
  const give = useSend(routes.file.noteConsent);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const { purpose, form, note } = value;
    if (!checks.pass({ form: filled(form, t('person.consentForm')) }) || form === '') return;
    give.run({ params: { personId }, body: { purpose, form, note } }, () => {
      setValue(empty);
      say(t('person.consentDone'));
    });
  }
  return (
    <details>
      <summary className="button button-secondary">{t('person.consentAdd')}</summary>
      <Form
        scope="consent"
        onSend={send}
        errors={checks.errors}
        call={give}
        send={t('person.consentSend')}
        kind="secondary"
      >
        <Select
          name="purpose"
          label={t('person.consentPurpose')}
          value={value.purpose}
          onChange={(picked) =>
            setValue({ ...value, purpose: oneOf(consentPurposes, picked) ?? value.purpose })
          }
          options={consentPurposes.map((one) => ({
            value: one,
            label: t(`codes.consentPurpose.${one}`),
          }))}
        />
        <Select
          name="form"
          label={t('person.consentForm')}
          placeholder=""
          value={value.form}
          onChange={(picked) => setValue({ ...value, form: oneOf(doorConsents, picked) ?? '' })}
          options={doorConsents.map((one) => ({ value: one, label: t(`codes.consent.${one}`) }))}
        />
        <TextField
          name="note"
          optional
          label={t('person.consentNote')}
          value={value.note}
          onChange={(note) => setValue({ ...value, note })}
        />
      </Form>
    </details>
  );
}
