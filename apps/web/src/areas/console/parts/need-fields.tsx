import { needKindCodes, needKinds } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { PhotoField } from '../../../shared/ui/photo-field.tsx';
import { RadioGroup, Select, TextArea, TextField, YuanField } from '../../../shared/ui/index.ts';
import type { Values } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { AreaSelect } from './area-select.tsx';
import { doorConsents, relations } from './codes.ts';
import type { PickedPerson } from './person-picker.tsx';

/** What a worker has typed about a new need; kept on the device until it is sent. */
export const emptyNeed = {
  person: null as PickedPerson | null,
  kind: '' as '' | (typeof needKindCodes)[number],
  title: '',
  story: '',
  amountYuan: '',
  contactTelephone: '',
  areaCode: '',
  attachmentIds: [] as readonly string[],
  relation: 'worker' as (typeof relations)[number],
  consentForm: '' as '' | (typeof doorConsents)[number],
  consentNote: '',
  formId: '',
};
export type NewNeed = typeof emptyNeed;

type NeedFieldsProps = Values<NewNeed>;

/** What is needed: kind, one line, the story, an amount, pictures. */
export function WhatFields({ value, update, field }: NeedFieldsProps) {
  const { t } = useTranslation('console');
  const most = needKinds[value.kind || 'help_request'].mostStoryCharacters;
  return (
    <fieldset className="panel">
      <legend className="visually-hidden">{t('need.fresh.what')}</legend>
      <h2>{t('need.fresh.what')}</h2>
      <RadioGroup
        name="kind"
        label={t('need.fresh.kind')}
        value={value.kind}
        onChange={(kind) => update({ kind: oneOf(needKindCodes, kind) ?? '' })}
        options={[
          {
            value: 'micro_wish',
            label: t('codes.kind.micro_wish'),
            hint: t('need.fresh.kindWish'),
          },
          {
            value: 'help_request',
            label: t('codes.kind.help_request'),
            hint: t('need.fresh.kindHelp'),
          },
        ]}
      />
      <TextField
        {...field('title')}
        label={t('need.fresh.title_')}
        hint={t('need.fresh.titleHint')}
      />
      <TextArea
        {...field('story')}
        label={t('need.fresh.story')}
        hint={t('need.fresh.storyHint')}
        most={most}
      />
      <YuanField
        {...field('amountYuan')}
        label={t('need.fresh.amount')}
        hint={t('need.fresh.amountHint')}
        optional
      />
      <PhotoField
        {...field('attachmentIds')}
        label={t('need.fresh.photos')}
        hint={t('need.fresh.photosHint')}
      />
    </fieldset>
  );
}

/** Where it comes from, how she agreed, where help is needed and how she can be reached. */
export function HowFields({
  value,
  update,
  areaCode,
  field,
}: NeedFieldsProps & { areaCode: string }) {
  const { t } = useTranslation('console');
  return (
    <fieldset className="panel">
      <legend className="visually-hidden">{t('need.fresh.how')}</legend>
      <h2>{t('need.fresh.how')}</h2>
      <Select
        name="acting.relation"
        label={t('need.fresh.relation')}
        value={value.relation}
        onChange={(relation) => update({ relation: oneOf(relations, relation) ?? 'worker' })}
        options={relations.map((one) => ({ value: one, label: t(`codes.relation.${one}`) }))}
      />
      <div className="choices-row">
        <RadioGroup
          name="acting.consentForm"
          label={t('need.fresh.consent')}
          value={value.consentForm}
          onChange={(form) => update({ consentForm: oneOf(doorConsents, form) ?? '' })}
          options={doorConsents.map((form) => ({
            value: form,
            label: t(`codes.consent.${form}`),
          }))}
        />
      </div>
      <TextField
        name="acting.consentNote"
        label={t('need.fresh.consentNote')}
        hint={
          value.consentForm === 'not_possible'
            ? t('need.fresh.consentNoteNeeded')
            : t('need.fresh.consentNoteHint')
        }
        optional={value.consentForm !== 'not_possible'}
        value={value.consentNote}
        onChange={(consentNote) => update({ consentNote })}
      />
      <div className="field-row">
        <TextField
          {...field('contactTelephone')}
          type="tel"
          inputMode="tel"
          label={t('need.fresh.telephone')}
          hint={t('need.fresh.telephoneHint')}
          optional
        />
        <AreaSelect
          name="areaCode"
          label={t('need.fresh.area')}
          levels={['community']}
          placeholder={areaCode ? undefined : ''}
          value={areaCode}
          onChange={(code) => update({ areaCode: code })}
        />
      </div>
    </fieldset>
  );
}
