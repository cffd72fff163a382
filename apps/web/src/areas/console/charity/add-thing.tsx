import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Form,
  newFormId,
  PhotoField,
  RadioGroup,
  say,
  Select,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useSend } from '../parts/send.ts';
import type { CharitySale } from './charity-sale.tsx';

type Lot = RouteOutput<typeof routes.charitySale.donated>['items'][number];
type Rule = CharitySale['things'][number]['leftover'];
const RULES: readonly Rule[] = ['stock', 'next_sale'];

/** Puts a donated lot of the sale's stations into it, with a price and what becomes of the rest. */
export function AddThing({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const query = useList(routes.charitySale.donated, { params: { saleId: sale.id } });
  return (
    <section className="panel stack-tight" aria-labelledby="charity-add">
      <h3 id="charity-add">{t('charity.things.add')}</h3>
      <Listed list={query} empty={<p>{t('charity.things.none')}</p>}>
        {(items) => <ThingForm key={sale.things.length} sale={sale} lots={items} />}
      </Listed>
    </section>
  );
}

function ThingForm({ sale, lots }: { sale: CharitySale; lots: readonly Lot[] }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const { value, update, field } = useValues({ lotId: '', title: '', detail: '', priceYuan: '' });
  const [leftover, setLeftover] = useState<Rule>('stock');
  const [pictures, setPictures] = useState<string[]>([]);
  const [formId] = useState(newFormId);
  const add = useSend(routes.charitySale.addThing);
  const chosen = lots.find((one) => one.lotId === value.lotId);
  const body = { ...value, leftover, pictureId: pictures[0] ?? null, formId };
  return (
    <Form
      scope="thing"
      call={add}
      onSend={() =>
        add.run({ params: { saleId: sale.id }, body }, () => say(t('charity.things.saved')))
      }
      send={t('charity.things.save')}
    >
      <Select
        name="lotId"
        label={t('charity.things.lot')}
        placeholder={t('charity.new.choose')}
        value={value.lotId}
        onChange={(lotId) =>
          update({ lotId, title: lots.find((one) => one.lotId === lotId)?.itemName ?? '' })
        }
        options={lots.map((one) => ({
          value: one.lotId,
          label: t('charity.things.lotOf', {
            name: one.itemName,
            pieces: one.pieces,
            unit: one.unit,
            donor: one.donorName,
            value: formatYuan(one.unitValueFen),
            where: one.placeNames.join('、'),
          }),
        }))}
      />
      {chosen?.purpose && (
        <p className="soft">{t('charity.things.wish', { purpose: chosen.purpose })}</p>
      )}
      <div className="field-row">
        <TextField {...field('title')} label={t('charity.things.titleField')} />
        <YuanField {...field('priceYuan')} label={t('charity.things.price')} />
      </div>
      <TextField {...field('detail')} label={t('charity.things.detail')} optional />
      <RadioGroup
        name="leftover"
        label={t('charity.things.leftover')}
        value={leftover}
        onChange={(rule) => setLeftover(rule as Rule)}
        options={RULES.map((rule) => ({ value: rule, label: t(`charity.things.rules.${rule}`) }))}
      />
      {holds(session, 'attachment.add') && (
        <PhotoField
          name="pictureId"
          label={t('charity.things.picture')}
          hint={t('charity.things.pictureHint')}
          value={pictures}
          onChange={setPictures}
          most={1}
        />
      )}
    </Form>
  );
}
