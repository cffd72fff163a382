import { routes } from '@wennuan/contract';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../shared/draft.ts';
import type { Values } from '../../../shared/values.ts';
import { useSession } from '../../../shared/session/session.ts';
import {
  Button,
  DateField,
  Form,
  RadioGroup,
  say,
  Select,
  TextField,
} from '../../../shared/ui/index.ts';
import { AreaSelect } from './area-select.tsx';
import { useChecks, useFilled } from './checks.ts';
import { doorConsents, genders, type PersonRow } from './codes.ts';
import { oneOf } from '../routes.root.tsx';
import { useSend } from './send.ts';

const empty = {
  name: '',
  gender: 'unknown' as (typeof genders)[number],
  birthDate: '',
  idNumber: '',
  telephone: '',
  address: '',
  areaCode: '',
  consentForm: '' as '' | (typeof doorConsents)[number],
  consentNote: '',
};

interface PersonFormProps {
  /** What the form begins with, when the number was just typed or read. */
  idNumber?: string;
  send: string;
  onDone: (person: PersonRow) => void;
  onCancel: () => void;
}

/** Opens the file of somebody met at the door: only what is needed, and how she agreed. */
export function PersonForm({ idNumber = '', send, onDone, onCancel }: PersonFormProps) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { session } = useSession();
  const draft = useDraft('desk:person', empty);
  const { value, update, clear } = draft;
  useEffect(() => {
    if (idNumber) update({ idNumber });
  }, [idNumber, update]);
  const create = useSend(routes.resident.createPerson);
  const areaCode =
    value.areaCode || (session?.area?.level === 'community' ? session.area.code : '');
  const checks = useChecks();
  const filled = useFilled();
  function submit() {
    const { consentForm, ...rest } = value;
    const fine = checks.pass({
      name: filled(rest.name, t('create.name')),
      address: filled(rest.address, t('create.address')),
      areaCode: filled(areaCode, t('create.area')),
      consentForm: filled(consentForm, t('create.consentForm')),
      consentNote:
        consentForm === 'not_possible' &&
        filled(rest.consentNote, t('create.consentNote')) &&
        t('need.fresh.consentNoteNeeded'),
    });
    if (!fine || consentForm === '') return;
    const body = {
      ...rest,
      areaCode,
      birthDate: rest.birthDate || null,
      idNumber: rest.idNumber.trim() || null,
      telephone: rest.telephone.trim() || null,
      consentForm,
    };
    create.run({ body }, (person) => {
      clear();
      say(t('create.done'));
      onDone(person);
    });
  }
  return (
    <Form onSend={submit} errors={checks.errors} call={create}>
      <h3>{t('create.title')}</h3>
      <p className="soft">{t('create.lead')}</p>
      <PersonFields {...draft} areaCode={areaCode} />
      <div className="form-actions">
        <Button type="submit" kind="primary" busy={create.busy}>
          {send}
        </Button>
        <Button onPress={onCancel}>{shared('cancel')}</Button>
      </div>
    </Form>
  );
}

interface PersonFieldsProps extends Values<typeof empty> {
  areaCode: string;
}

function PersonFields({ value, update, areaCode, field }: PersonFieldsProps) {
  const { t } = useTranslation('console');
  return (
    <>
      <div className="field-row">
        <TextField {...field('name')} label={t('create.name')} />
        <Select
          name="gender"
          label={t('create.gender')}
          value={value.gender}
          onChange={(gender) => update({ gender: oneOf(genders, gender) ?? 'unknown' })}
          options={genders.map((one) => ({ value: one, label: t(`codes.gender.${one}`) }))}
        />
        <DateField {...field('birthDate')} label={t('create.birthDate')} optional />
      </div>
      <div className="field-row">
        <TextField
          {...field('telephone')}
          type="tel"
          inputMode="tel"
          optional
          label={t('create.telephone')}
        />
        <TextField
          {...field('idNumber')}
          optional
          label={t('create.idNumber')}
          hint={t('create.idNumberHint')}
        />
      </div>
      <TextField {...field('address')} label={t('create.address')} hint={t('create.addressHint')} />
      <AreaSelect
        name="areaCode"
        label={t('create.area')}
        levels={['community']}
        placeholder={areaCode ? undefined : ''}
        value={areaCode}
        onChange={(code) => update({ areaCode: code })}
      />
      <RadioGroup
        name="consentForm"
        label={t('create.consentForm')}
        value={value.consentForm}
        onChange={(form) => update({ consentForm: oneOf(doorConsents, form) ?? '' })}
        options={doorConsents.map((form) => ({ value: form, label: t(`codes.consent.${form}`) }))}
      />
      <TextField
        {...field('consentNote')}
        label={t('create.consentNote')}
        hint={t('need.fresh.consentNoteHint')}
        optional={value.consentForm !== 'not_possible'}
      />
    </>
  );
}
