import { routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../shared/draft.ts';
import type { Values } from '../../../shared/values.ts';
import { useSession } from '../../../shared/session/session.ts';
import {
  Button,
  Checkbox,
  DateField,
  Form,
  newFormId,
  Page,
  RadioGroup,
  say,
  TextField,
} from '../../../shared/ui/index.ts';
import { AreaSelect } from '../parts/area-select.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { wholeNumber } from '../parts/goods-codes.ts';
import { ItemSelect, PlaceSelect } from '../parts/goods-fields.tsx';
import { useSend } from '../parts/send.ts';

const emptyLine = { itemId: '', quantity: '1', perHead: false };
const empty = {
  name: '',
  areaCode: '',
  basis: 'household' as 'person' | 'household',
  onDay: '',
  fromTime: '',
  untilTime: '',
  way: 'place' as 'place' | 'door',
  placeId: '',
  stockPlaceId: '',
  giverLabel: '',
  lines: [emptyLine],
  formId: '',
};
type Draft = typeof empty;

/** Begins a plan: what, for whom, when, where, from which stock. The list comes on its own page. */
export function NewDistributionPage() {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const { session } = useSession();
  const draft = useDraft('desk:distribution', empty);
  const call = useSend(routes.distribution.create);
  const checks = useChecks();
  const filled = useFilled();
  const { value, update, field } = draft;
  const areaCode = value.areaCode || (session?.area?.code ?? '');
  function send() {
    const quantities = value.lines.map((line) => wholeNumber(line.quantity));
    const fine = checks.pass({
      name: filled(value.name, t('plan.name')),
      areaCode: filled(areaCode, t('plan.area')),
      onDay: filled(value.onDay, t('plan.onDay')),
      placeId: value.way === 'place' && filled(value.placeId, t('plan.place')),
      stockPlaceId: filled(value.stockPlaceId, t('plan.stockPlace')),
      giverLabel: filled(value.giverLabel, t('plan.giver')),
      'lines.0.itemId': value.lines.some((line) => line.itemId === '') && t('plan.pickItem'),
      'lines.0.quantity': quantities.includes(null) && t('goods.form.wrongCount'),
    });
    if (!fine) return;
    const formId = value.formId || newFormId();
    update({ formId });
    const { lines, fromTime, untilTime, placeId, ...rest } = value;
    const body = {
      ...rest,
      areaCode,
      fromTime: fromTime || null,
      untilTime: untilTime || null,
      placeId: value.way === 'place' ? placeId : null,
      lines: lines.map((line, place) => ({ ...line, quantity: quantities[place]! })),
      formId,
    };
    call.run({ body }, (plan) => {
      draft.clear();
      say(t('plan.created'));
      void navigate({
        to: '/desk/distributions/$planId',
        params: { planId: plan.id },
        replace: true,
      });
    });
  }
  return (
    <Page title={t('plan.newTitle')} lead={t('plan.newLead')}>
      <Form onSend={send} errors={checks.errors} call={call} send={t('plan.create')}>
        <TextField {...field('name')} label={t('plan.name')} hint={t('plan.nameHint')} />
        <AreaSelect
          name="areaCode"
          label={t('plan.area')}
          value={areaCode}
          onChange={(code) => update({ areaCode: code })}
        />
        <RadioGroup
          name="basis"
          label={t('plan.basis')}
          value={value.basis}
          onChange={(basis) => update({ basis: basis === 'person' ? 'person' : 'household' })}
          options={(['household', 'person'] as const).map((one) => ({
            value: one,
            label: t(`plan.bases.${one}`),
          }))}
        />
        <WhenAndWhere {...draft} />
        <Lines {...draft} />
        <PlaceSelect {...field('stockPlaceId')} label={t('plan.stockPlace')} />
        <TextField {...field('giverLabel')} label={t('plan.giver')} hint={t('plan.giverHint')} />
      </Form>
    </Page>
  );
}

type PartProps = Values<Draft>;

function WhenAndWhere({ value, update, field }: PartProps) {
  const { t } = useTranslation('console');
  return (
    <>
      <div className="field-row">
        <DateField {...field('onDay')} label={t('plan.onDay')} />
        <TextField
          short
          optional
          {...field('fromTime')}
          label={t('plan.fromTime')}
          hint={t('plan.timeHint')}
        />
        <TextField short optional {...field('untilTime')} label={t('plan.untilTime')} />
      </div>
      <RadioGroup
        name="way"
        label={t('plan.way')}
        value={value.way}
        onChange={(way) => update({ way: way === 'door' ? 'door' : 'place' })}
        options={(['place', 'door'] as const).map((one) => ({
          value: one,
          label: t(`plan.ways.${one}`),
        }))}
      />
      {value.way === 'place' && <PlaceSelect {...field('placeId')} label={t('plan.place')} />}
    </>
  );
}

function Lines({ value, update }: PartProps) {
  const { t } = useTranslation('console');
  const change = (place: number, patch: Partial<Draft['lines'][number]>) =>
    update({
      lines: value.lines.map((line, index) => (index === place ? { ...line, ...patch } : line)),
    });
  return (
    <fieldset className="field">
      <legend className="field-label">{t('plan.goods')}</legend>
      <div className="stack-tight">
        {value.lines.map((line, place) => (
          <div key={place} className="line-fields">
            <ItemSelect
              name={`lines.${place}.itemId`}
              label={t('plan.item')}
              value={line.itemId}
              onChange={(itemId) => change(place, { itemId })}
            />
            <TextField
              short
              inputMode="numeric"
              name={`lines.${place}.quantity`}
              label={t('plan.quantity')}
              value={line.quantity}
              onChange={(quantity) => change(place, { quantity })}
            />
            {value.basis === 'household' && (
              <Checkbox
                name={`lines.${place}.perHead`}
                label={t('plan.perHead')}
                checked={line.perHead}
                onChange={(perHead) => change(place, { perHead })}
              />
            )}
          </div>
        ))}
        <p>
          <Button kind="quiet" onPress={() => update({ lines: [...value.lines, emptyLine] })}>
            {t('plan.addLine')}
          </Button>
        </p>
      </div>
    </fieldset>
  );
}
