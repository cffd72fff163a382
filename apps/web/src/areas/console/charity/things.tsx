import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  Dialog,
  EmptyState,
  Form,
  RefusalNotice,
  say,
  State,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';
import { AddThing } from './add-thing.tsx';
import type { CharitySale } from './charity-sale.tsx';

type Thing = CharitySale['things'][number];
const CHANGEABLE = new Set(['draft', 'proposed', 'approved']);

/** What is sold: whose gift, who took it in, at which price, how many are left. */
export function Things({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const isPriceable = CHANGEABLE.has(sale.state) || sale.state === 'open';
  const mayPrice = isPriceable && holds(session, 'charity_sale.price');
  return (
    <section className="stack-tight" aria-labelledby="charity-things">
      <h2 id="charity-things">{t('charity.things.title')}</h2>
      {sale.things.length === 0 ? (
        <EmptyState title={t('charity.things.emptyTitle')}>
          <p>{t('charity.things.emptyBody')}</p>
        </EmptyState>
      ) : (
        <ThingTable sale={sale} mayPrice={mayPrice} />
      )}
      {mayPrice && <AddThing sale={sale} />}
    </section>
  );
}

function ThingTable({ sale, mayPrice }: { sale: CharitySale; mayPrice: boolean }) {
  const { t } = useTranslation('console');
  const headings = ['price', 'offered', 'sold', 'left', 'brought'] as const;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('charity.things.title')}>
      <table className="table table-stacks">
        <thead>
          <tr>
            <th>{t('charity.things.thing')}</th>
            <th>{t('charity.things.donor')}</th>
            {headings.map((name) => (
              <th key={name} data-numeric>
                {t(`charity.things.${name}`)}
              </th>
            ))}
            <th>{t('charity.things.leftover')}</th>
            {mayPrice && <th>{t('charity.things.change')}</th>}
          </tr>
        </thead>
        <tbody>
          {sale.things.map((thing) => (
            <tr key={thing.variantId}>
              <th scope="row">
                {thing.title}
                <span className="soft small"> {thing.barCode}</span>
              </th>
              <td data-label={t('charity.things.donor')}>
                <Donor thing={thing} />
              </td>
              <td data-numeric data-label={t('charity.things.price')}>
                {formatYuan(thing.priceFen)}
              </td>
              {(['offered', 'sold', 'left'] as const).map((name) => (
                <td key={name} data-numeric data-label={t(`charity.things.${name}`)}>
                  {thing[name]} {thing.unit}
                </td>
              ))}
              <td data-numeric data-label={t('charity.things.brought')}>
                {formatYuan(thing.proceedsFen)}
              </td>
              <td data-label={t('charity.things.leftover')}>
                {t(`charity.things.rules.${thing.leftover}`)}
              </td>
              {mayPrice && (
                <td>
                  <ThingActs sale={sale} thing={thing} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Donor({ thing }: { thing: Thing }) {
  const { t } = useTranslation('console');
  return (
    <>
      <State tone="quiet">{thing.donorName}</State>
      <br />
      <span className="soft small">
        {t('charity.things.taken')}{' '}
        {t('charity.things.takenOf', {
          who: thing.takenBy ?? '—',
          date: thing.takenOn ?? '',
          gift: thing.giftNumber,
        })}{' '}
        · {t('charity.things.value')} {formatYuan(thing.unitValueFen)}
      </span>
    </>
  );
}

function ThingActs({ sale, thing }: { sale: CharitySale; thing: Thing }) {
  const { t } = useTranslation('console');
  const [asking, setAsking] = useState(false);
  const [priceYuan, setPrice] = useState('');
  const price = useSend(routes.charitySale.setPrice);
  const remove = useSend(routes.charitySale.removeThing);
  const params = { saleId: sale.id, variantId: thing.variantId };
  return (
    <span className="row">
      <Button
        kind="quiet"
        label={`${t('charity.things.change')} ${thing.title}`}
        onPress={() => setAsking(true)}
      >
        {t('charity.things.change')}
      </Button>
      {CHANGEABLE.has(sale.state) && (
        <Button
          kind="quiet"
          busy={remove.busy}
          label={`${t('charity.things.remove')} ${thing.title}`}
          onPress={() => remove.run({ params }, () => say(t('charity.things.removed')))}
        >
          {t('charity.things.remove')}
        </Button>
      )}
      {remove.refusal && <RefusalNotice refusal={remove.refusal} />}
      {asking && (
        <Dialog
          title={`${t('charity.things.change')} · ${thing.title}`}
          open
          onClose={() => setAsking(false)}
        >
          <Form
            call={price}
            onSend={() =>
              price.run({ params, body: { priceYuan } }, () => {
                say(t('charity.things.changed'));
                setAsking(false);
              })
            }
          >
            <YuanField
              name="priceYuan"
              label={t('charity.things.price')}
              value={priceYuan}
              onChange={setPrice}
            />
            <Button type="submit" kind="primary" busy={price.busy}>
              {t('charity.things.change')}
            </Button>
          </Form>
        </Dialog>
      )}
    </span>
  );
}
