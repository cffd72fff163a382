import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import type { Values } from '../../../shared/values.ts';
import {
  Checkbox,
  DateField,
  Form,
  Loaded,
  newFormId,
  Notice,
  Page,
  say,
  Select,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';

type Choices = RouteOutput<typeof routes.charitySale.choices>;

const empty = {
  name: '',
  purpose: '',
  targetId: '',
  opensOn: '',
  closesOn: '',
  placeIds: [] as string[],
  isOnline: false,
  formId: '',
};
type Draft = typeof empty;
interface PartProps extends Values<Draft> {
  choices: Choices;
}

/** Plans a charity sale: what for, who gets everything, which days, where. */
export function NewCharitySalePage() {
  const { t } = useTranslation('console');
  const query = useRoute(routes.charitySale.choices);
  return (
    <Page title={t('charity.new.title')} lead={t('charity.new.lead')}>
      <Loaded query={query} lines={8}>
        {(choices) => <PlanForm choices={choices} />}
      </Loaded>
    </Page>
  );
}

function PlanForm({ choices }: { choices: Choices }) {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const draft = useDraft('desk:charity-sale', empty);
  const plan = useSend(routes.charitySale.plan);
  const checks = useChecks();
  const filled = useFilled();
  const { value, update } = draft;
  function send() {
    const target = choices.targets.find((one) => one.id === value.targetId);
    const fine = checks.pass({
      name: filled(value.name, t('charity.new.name')),
      purpose: filled(value.purpose, t('charity.new.purpose')),
      target: !target && t('charity.new.choose'),
      opensOn: filled(value.opensOn, t('charity.new.opensOn')),
      closesOn: filled(value.closesOn, t('charity.new.closesOn')),
      placeIds: value.placeIds.length === 0 && t('charity.new.choose'),
    });
    if (!fine || !target) return;
    const formId = value.formId || newFormId();
    update({ formId });
    const { targetId: _target, ...rest } = value;
    const body = { ...rest, formId, target: { kind: target.kind, id: target.id } };
    plan.run({ body }, ({ id }) => {
      draft.clear();
      say(t('charity.new.done'));
      void navigate({
        to: '/desk/charity-sales/$saleId',
        params: { saleId: id },
        replace: true,
      });
    });
  }
  return (
    <Form onSend={send} errors={checks.errors} call={plan} send={t('charity.new.send')}>
      <WhatFields {...draft} choices={choices} />
      <WhereFields {...draft} choices={choices} />
    </Form>
  );
}

function WhatFields({ value, update, choices, field }: PartProps) {
  const { t } = useTranslation('console');
  return (
    <>
      <TextField
        {...field('name')}
        label={t('charity.new.name')}
        hint={t('charity.new.nameHint')}
        maxLength={100}
      />
      <TextArea
        {...field('purpose')}
        label={t('charity.new.purpose')}
        hint={t('charity.new.purposeHint')}
        rows={3}
        most={500}
      />
      <Select
        name="target"
        label={t('charity.new.target')}
        placeholder={t('charity.new.choose')}
        value={value.targetId}
        onChange={(targetId) => update({ targetId, isOnline: false })}
        options={choices.targets.map((one) => ({
          value: one.id,
          label: [
            t(`charity.new.${one.kind}`),
            one.name,
            one.code,
            one.mayBeOnline && t('charity.new.mayBeOnline'),
          ]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
      <div className="field-row">
        {(['opensOn', 'closesOn'] as const).map((name) => (
          <DateField key={name} {...field(name)} label={t(`charity.new.${name}`)} />
        ))}
      </div>
    </>
  );
}

function WhereFields({ value, update, choices, tick }: PartProps) {
  const { t } = useTranslation('console');
  const target = choices.targets.find((one) => one.id === value.targetId);
  if (choices.places.length === 0)
    return <Notice tone="warned">{t('charity.new.noPlaces')}</Notice>;
  return (
    <>
      <fieldset className="field" id="placeIds">
        <legend className="label">{t('charity.new.places')}</legend>
        {choices.places.map((place) => (
          <Checkbox
            key={place.id}
            name={`place-${place.id}`}
            label={place.name}
            hint={place.address}
            checked={value.placeIds.includes(place.id)}
            onChange={(checked) =>
              update({
                placeIds: checked
                  ? [...value.placeIds, place.id]
                  : value.placeIds.filter((one) => one !== place.id),
              })
            }
          />
        ))}
      </fieldset>
      {target?.mayBeOnline ? (
        <Checkbox
          {...tick('isOnline')}
          label={t('charity.new.isOnline')}
          hint={t('charity.new.onlineHint')}
        />
      ) : (
        <p className="soft">{t('charity.new.onlineHint')}</p>
      )}
    </>
  );
}
