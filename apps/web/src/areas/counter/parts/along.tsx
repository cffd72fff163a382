import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { Button, Checkbox, EmptyState, Form, say, TextField } from '../../../shared/ui/index.ts';
import { reserveLeft, voucherLeft } from '../till/left.ts';
import { tillStore, type TillState } from '../till/store.ts';
import { WriteOff } from './supervise.tsx';
import { timeWords } from './words.ts';

/** Before a stall without network: goods and vouchers that only this till may sell and use; afterwards they go back. */
export function Along({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  return (
    <section className="till-narrow">
      <h2>{t('along.title')}</h2>
      <p>{t('along.lead')}</p>
      {till.online ? <Take till={till} /> : <p className="till-warning">{t('along.offline')}</p>}
      <Taken till={till} />
    </section>
  );
}

function Take({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const data = till.snapshot!.data;
  const [counts, setCounts] = useState<Record<string, string>>({});
  const [vouchers, setVouchers] = useState(false);
  const take = useCall(routes.counter.takeAlong);
  const items = new Map(data.goods.map((good) => [good.itemId, good]));
  const send = async () => {
    const lines = Object.entries(counts).flatMap(([itemId, text]) =>
      Number(text) > 0 ? [{ itemId, quantity: Number(text) }] : [],
    );
    if (lines.length === 0 && !vouchers) return;
    const params = { tillId: data.till.id };
    const told = await take.send({ params, body: { lines, vouchers } }).catch(() => null);
    if (!told) return;
    const { pieces, vouchers: held, heldElsewhere: elsewhere } = told;
    say(t('along.took', { pieces, vouchers: held, elsewhere }));
    setCounts({});
    await tillStore.refresh();
  };
  return (
    <Form onSend={() => void send()} call={take} scope="along">
      <fieldset>
        <legend>{t('along.lines')}</legend>
        {[...items.values()].map((good) => (
          <TextField
            key={good.itemId}
            name={good.itemId}
            label={t('along.of', { title: good.title, count: good.available, unit: good.unit })}
            inputMode="numeric"
            value={counts[good.itemId] ?? ''}
            onChange={(value) =>
              setCounts((now) => ({ ...now, [good.itemId]: value.replace(/\D/g, '') }))
            }
            short
            optional
          />
        ))}
      </fieldset>
      <Checkbox
        name="vouchers"
        label={t('along.vouchers')}
        checked={vouchers}
        onChange={setVouchers}
      />
      <Button type="submit" kind="primary" busy={take.busy}>
        {t('along.take')}
      </Button>
    </Form>
  );
}

function Taken({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const { data } = till.snapshot!;
  const end = useCall(routes.counter.giveBack);
  if (data.reserve.length === 0 && data.vouchers.length === 0)
    return (
      <EmptyState title={t('along.none')}>
        <p>{t('along.noneBody')}</p>
      </EmptyState>
    );
  const giveBack = async () => {
    await tillStore.refresh();
    const params = { tillId: data.till.id };
    const done = await end.send({ params, body: { unsent: 0 } }).catch(() => null);
    if (!done) return;
    say(t('along.gaveBack'));
    await tillStore.refresh();
  };
  const held = data.vouchers.reduce(
    (sum, one) => sum + voucherLeft(data, till.journal, one.entitlementId),
    0,
  );
  return (
    <section className="till-narrow">
      <h3>
        {t('along.now')} {data.awaySince && t('along.since', { time: timeWords(data.awaySince) })}
      </h3>
      <ul>
        {data.reserve.map(({ itemId }) => {
          const good = data.goods.find((one) => one.itemId === itemId);
          return (
            <li key={itemId}>
              {good?.title} {t('along.left', { left: reserveLeft(data, till.journal, itemId) })}
              {good?.unit}
            </li>
          );
        })}
        <li>
          {t('along.heldVouchers', { count: data.vouchers.length })} {formatYuan(held)}
        </li>
      </ul>
      <Button
        refusedBecause={
          till.journal.length > 0 ? t('along.waiting', { count: till.journal.length }) : undefined
        }
        busy={end.busy}
        onPress={() => void giveBack()}
      >
        {t('along.giveBack')}
      </Button>
      <WriteOff tillId={data.till.id} />
    </section>
  );
}
