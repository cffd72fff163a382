import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useBoth } from '../../../shared/program/words.ts';
import { Checkbox, DateField, Form, say, Select, TextField } from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { useOrganizations } from '../parts/organizations.tsx';

const empty = {
  departmentId: '',
  purpose: '',
  legalBasis: '',
  validUntil: '',
  fields: [] as string[],
};

/** Allows a department named fields for a named purpose, on a legal basis, until a day. */
export function PurposeForm() {
  const { t } = useTranslation('console');
  const { value, setValue, update, field } = useValues(empty);
  const [validFrom, setValidFrom] = useState(today);
  const add = useSend(routes.purpose.add);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      departmentId: filled(value.departmentId, t('purposes.department')),
      purpose: filled(value.purpose, t('purposes.purpose')),
      fields: value.fields.length === 0 && t('purposes.fieldsNeeded'),
      legalBasis: filled(value.legalBasis, t('purposes.legalBasis')),
      validUntil: filled(value.validUntil, t('purposes.validUntil')),
    });
    if (fine)
      add.run({ body: { ...value, validFrom } }, () => {
        setValue(empty);
        say(t('purposes.sent'));
      });
  }
  return (
    <details className="panel">
      <summary>
        <h2>{t('purposes.add')}</h2>
      </summary>
      <Form onSend={send} errors={checks.errors} call={add} send={t('purposes.send')}>
        <div className="field-row">
          <Departments
            value={value.departmentId}
            onChange={(departmentId) => update({ departmentId })}
          />
          <TextField {...field('purpose')} label={t('purposes.purpose')} />
        </div>
        <Fields value={value.fields} onChange={(fields) => update({ fields })} />
        <TextField
          {...field('legalBasis')}
          label={t('purposes.legalBasis')}
          hint={t('purposes.legalBasisHint')}
        />
        <div className="field-row">
          <DateField
            name="validFrom"
            label={t('purposes.validFrom')}
            value={validFrom}
            onChange={setValidFrom}
          />
          <DateField {...field('validUntil')} label={t('purposes.validUntil')} />
        </div>
      </Form>
    </details>
  );
}

function Departments({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation('console');
  const departments = useOrganizations('department');
  return (
    <Select
      name="departmentId"
      label={t('purposes.department')}
      placeholder=""
      value={value}
      onChange={onChange}
      options={departments}
    />
  );
}

interface FieldsProps {
  value: readonly string[];
  onChange: (codes: string[]) => void;
}

function Fields({ value, onChange }: FieldsProps) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const fields = useRoute(routes.file.factFields).data?.items ?? [];
  return (
    <fieldset className="field" id="field-fields" tabIndex={-1}>
      <legend>{t('purposes.fields')}</legend>
      <p className="soft small">{t('purposes.groupHint')}</p>
      <div className="choices-many">
        {fields
          .filter(({ type }) => type !== 'age')
          .map(({ code, title }) => (
            <Checkbox
              key={code}
              name={`fields.${code}`}
              label={both(title)}
              checked={value.includes(code)}
              onChange={(isTicked) =>
                onChange(isTicked ? [...value, code] : value.filter((one) => one !== code))
              }
            />
          ))}
      </div>
    </fieldset>
  );
}
