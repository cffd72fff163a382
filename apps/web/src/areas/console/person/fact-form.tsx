import { factsByHand, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useBoth } from '../../../shared/program/words.ts';
import { DateField, Form, say, Select, TextField } from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { doorConsents } from '../parts/codes.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';

type Consent = (typeof doorConsents)[number];
const empty = { field: '' as '' | (typeof factsByHand)[number], value: '', since: '' };

/** Notes what a worker found out himself; sensitive items ask how she agreed to their being kept. */
export function FactForm({ personId }: { personId: string }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const [fact, setFact] = useState(empty);
  const [consent, setConsent] = useState<{ form: '' | Consent; note: string }>({
    form: '',
    note: '',
  });
  const fields = useRoute(routes.file.factFields).data?.items ?? [];
  const note = useSend(routes.file.noteFact);
  const checks = useChecks();
  const filled = useFilled();
  const chosen = fields.find(({ code }) => code === fact.field);
  function send() {
    const fine = checks.pass({
      field: filled(fact.field, t('person.factField')),
      value: filled(fact.value, t('person.factValue')),
    });
    if (!fine || fact.field === '') return;
    const body = {
      field: fact.field,
      value: fact.value,
      since: fact.since || null,
      consentForm: chosen?.isSensitive ? consent.form || null : null,
      consentNote: consent.note,
    };
    note.run({ params: { personId }, body }, () => {
      setFact(empty);
      setConsent({ form: '', note: '' });
      say(t('person.factDone'));
    });
  }
  return (
    <details>
      <summary className="button button-secondary">{t('person.noteFact')}</summary>
      <Form
        scope="fact"
        onSend={send}
        errors={checks.errors}
        call={note}
        send={t('person.factSend')}
      >
        <div className="field-row">
          <Select
            name="field"
            label={t('person.factField')}
            placeholder=""
            value={fact.field}
            onChange={(code) => setFact({ ...empty, field: oneOf(factsByHand, code) ?? '' })}
            options={fields
              .filter(({ isByHand }) => isByHand)
              .map(({ code, title }) => ({ value: code, label: both(title) }))}
          />
          {chosen && (
            <FactValueField
              field={chosen}
              value={fact.value}
              onChange={(value) => setFact({ ...fact, value })}
            />
          )}
          <DateField
            name="since"
            optional
            label={t('person.factSince')}
            hint={t('person.factSinceHint')}
            max={today()}
            value={fact.since}
            onChange={(since) => setFact({ ...fact, since })}
          />
        </div>
        {chosen?.isSensitive && <SensitiveConsent {...consent} onChange={setConsent} />}
      </Form>
    </details>
  );
}

interface FactField {
  type: string;
  values: readonly { code: string; title: { zh: string; en: string } }[];
}

function FactValueField({
  field,
  value,
  onChange,
}: {
  field: FactField;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const common = { name: 'value', value, onChange };
  if (field.type === 'code')
    return (
      <Select
        {...common}
        label={t('person.factValue')}
        placeholder=""
        options={field.values.map(({ code, title }) => ({ value: code, label: both(title) }))}
      />
    );
  if (field.type === 'date')
    return <DateField {...common} label={t('person.factValueDate')} max={today()} />;
  return (
    <TextField
      {...common}
      inputMode="decimal"
      label={t(field.type === 'money' ? 'person.factValueMoney' : 'person.factValue')}
    />
  );
}

function SensitiveConsent({
  form,
  note,
  onChange,
}: {
  form: '' | Consent;
  note: string;
  onChange: (consent: { form: '' | Consent; note: string }) => void;
}) {
  const { t } = useTranslation('console');
  return (
    <div className="field-row">
      <Select
        name="consentForm"
        optional
        label={t('person.factConsent')}
        hint={t('person.factConsentHint')}
        placeholder=""
        value={form}
        onChange={(picked) => onChange({ form: oneOf(doorConsents, picked) ?? '', note })}
        options={doorConsents.map((one) => ({ value: one, label: t(`codes.consent.${one}`) }))}
      />
      <TextField
        name="consentNote"
        optional
        label={t('person.factConsentNote')}
        value={note}
        onChange={(text) => onChange({ form, note: text })}
      />
    </div>
  );
}
