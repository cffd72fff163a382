import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import type { Values } from '../../../shared/values.ts';
import {
  DateField,
  Form,
  newFormId,
  Page,
  say,
  Select,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';

const empty = {
  placeId: '',
  variantId: '',
  title: '',
  description: '',
  minimumPieces: '',
  limitPieces: '',
  householdPieces: '2',
  holdMinutes: '10',
  priceYuan: '',
  secondFrom: '',
  secondYuan: '',
  closesOn: '',
  closesAt: '20:00',
  pickUpOn: '',
  pickUpHours: '09:00–17:00',
  formId: '',
};
type Draft = typeof empty;

type PartProps = Values<Draft>;

/** Opens a group-buy: what, how many, at which price, until when, fetched when. */
export function NewGroupBuyPage() {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const draft = useDraft('desk:group-buy', empty);
  const create = useSend(routes.groupBuy.create);
  const checks = useChecks();
  const filled = useFilled();
  const { value, update } = draft;
  function send() {
    const whole = (text: string) => !/^[1-9]\d*$/.test(text) && t('groupBuys.new.whole');
    const fine = checks.pass({
      placeId: !value.placeId && t('groupBuys.new.choose'),
      variantId: !value.variantId && t('groupBuys.new.choose'),
      title: filled(value.title, t('groupBuys.new.titleField')),
      minimumPieces: whole(value.minimumPieces),
      limitPieces: whole(value.limitPieces),
      householdPieces: whole(value.householdPieces),
      holdMinutes: whole(value.holdMinutes),
      steps: filled(value.priceYuan, t('groupBuys.new.price')),
      closesAt: filled(value.closesOn, t('groupBuys.new.closesOn')),
      pickUpOn: filled(value.pickUpOn, t('groupBuys.new.pickUpOn')),
      pickUpHours: filled(value.pickUpHours, t('groupBuys.new.hours')),
    });
    if (!fine) return;
    const formId = value.formId || newFormId();
    update({ formId });
    create.run({ body: bodyOf({ ...value, formId }) }, ({ id, code }) => {
      draft.clear();
      say(t('groupBuys.new.done', { code }));
      void navigate({
        to: '/desk/group-buys/$groupId',
        params: { groupId: id },
        replace: true,
      });
    });
  }
  return (
    <Page title={t('groupBuys.new.title')} lead={t('groupBuys.new.lead')}>
      <Form onSend={send} errors={checks.errors} call={create} send={t('groupBuys.new.send')}>
        <WhatFields {...draft} />
        <HowManyFields {...draft} />
        <WhenFields {...draft} />
      </Form>
    </Page>
  );
}

function bodyOf(value: Draft) {
  const { placeId, variantId, title, description, pickUpOn, pickUpHours, formId } = value;
  return {
    placeId,
    variantId,
    title,
    description,
    minimumPieces: Number(value.minimumPieces),
    limitPieces: Number(value.limitPieces),
    householdPieces: Number(value.householdPieces),
    holdMinutes: Number(value.holdMinutes),
    steps: [
      { fromPieces: 1, priceYuan: value.priceYuan },
      ...(value.secondFrom && value.secondYuan
        ? [{ fromPieces: Number(value.secondFrom), priceYuan: value.secondYuan }]
        : []),
    ],
    closesAt: `${value.closesOn}T${value.closesAt || '20:00'}:00+08:00`,
    pickUpOn,
    pickUpHours,
    formId,
  };
}

function WhatFields({ field }: PartProps) {
  const { t } = useTranslation('console');
  const stations = useRoute(routes.catalogue.stations);
  const products = usePages(routes.catalogue.mall, { query: { limit: 100 } });
  return (
    <>
      <Select
        {...field('placeId')}
        label={t('groupBuys.new.place')}
        placeholder={t('groupBuys.new.choose')}
        options={(stations.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
      />
      <Select
        {...field('variantId')}
        label={t('groupBuys.new.product')}
        placeholder={t('groupBuys.new.choose')}
        options={products.items.flatMap((product) =>
          product.variants.map((variant) => ({
            value: variant.id,
            label: `${product.title} ${variant.label} · ${product.merchantName} · ${formatYuan(variant.priceFen)}`,
          })),
        )}
      />
      <TextField
        {...field('title')}
        label={t('groupBuys.new.titleField')}
        hint={t('groupBuys.new.titleHint')}
        maxLength={100}
      />
      <TextArea
        {...field('description')}
        label={t('groupBuys.new.description')}
        optional
        rows={3}
        most={500}
      />
    </>
  );
}

function HowManyFields({ value, update, field }: PartProps) {
  const { t } = useTranslation('console');
  const counts = [
    ['minimumPieces', 'minimum'],
    ['limitPieces', 'limit'],
    ['householdPieces', 'household'],
    ['holdMinutes', 'hold'],
  ] as const;
  return (
    <>
      {counts.map(([name, word]) => (
        <TextField
          key={name}
          {...field(name)}
          label={t(`groupBuys.new.${word}`)}
          hint={word === 'hold' ? t('groupBuys.new.holdHint') : undefined}
          inputMode="numeric"
          short
        />
      ))}
      <YuanField
        name="steps"
        label={t('groupBuys.new.price')}
        hint={t('groupBuys.new.priceHint')}
        value={value.priceYuan}
        onChange={(priceYuan) => update({ priceYuan })}
      />
      <TextField
        {...field('secondFrom')}
        label={t('groupBuys.new.secondFrom')}
        optional
        inputMode="numeric"
        short
      />
      <YuanField {...field('secondYuan')} label={t('groupBuys.new.secondPrice')} optional />
    </>
  );
}

function WhenFields({ value, update, field }: PartProps) {
  const { t } = useTranslation('console');
  return (
    <>
      <DateField
        name="closesAt"
        label={t('groupBuys.new.closesOn')}
        value={value.closesOn}
        onChange={(closesOn) => update({ closesOn })}
      />
      <TextField
        name="closesTime"
        label={t('groupBuys.new.closesAt')}
        short
        value={value.closesAt}
        onChange={(closesAt) => update({ closesAt })}
      />
      <DateField {...field('pickUpOn')} label={t('groupBuys.new.pickUpOn')} />
      <TextField
        {...field('pickUpHours')}
        label={t('groupBuys.new.hours')}
        hint={t('groupBuys.new.hoursHint')}
      />
    </>
  );
}
