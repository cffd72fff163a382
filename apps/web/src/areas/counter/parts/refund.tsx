import { formatYuan, newId } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callServer } from '../../../shared/api/client.ts';
import { useCall } from '../../../shared/api/query.ts';
import { Button, Checkbox, Form, say, TextField } from '../../../shared/ui/index.ts';
import type { TillState } from '../till/store.ts';
import { useValues } from '../../../shared/values.ts';
import { MoneyBack, useBackWords } from './money-back.tsx';
import { notAllowed, Supervised } from './supervised.tsx';
import { sentenceOf } from './words.ts';

type Order = RouteOutput<typeof routes.sale.orders>['items'][number];

/** Gives goods back: the slip's number, how many, why, and another person's code. */
export function Refund({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const [text, setText] = useState('');
  const [order, setOrder] = useState<Order | null>(null);
  const [told, setTold] = useState('');
  const find = async () => {
    setOrder(null);
    try {
      const { placeId } = till.snapshot!.data.till;
      const { items } = await callServer(routes.sale.orders, {
        query: { placeId, text: text.trim() },
      });
      setOrder(items[0] ?? null);
      setTold(items[0] ? '' : t('refund.none'));
    } catch (thrown) {
      setTold(sentenceOf(thrown, t('refund.offline')));
    }
  };
  return (
    <section className="till-narrow">
      <h2>{t('refund.title')}</h2>
      {!till.online && <p className="till-warning">{t('refund.offline')}</p>}
      <form
        className="till-narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <TextField name="number" label={t('refund.number')} value={text} onChange={setText} short />
        <p className="till-told" role="alert">
          {told}
        </p>
        <Button type="submit">{t('refund.find')}</Button>
      </form>
      {order && <Give key={order.id} till={till} order={order} onDone={() => setOrder(null)} />}
      <MoneyBack till={till} />
    </section>
  );
}

function Give({ till, order, onDone }: { till: TillState; order: Order; onDone: () => void }) {
  const { t } = useTranslation('counter');
  const [key] = useState(newId);
  const [counts, setCounts] = useState<Record<string, string>>({});
  const [restock, setRestock] = useState(true);
  const { value: allowed, field } = useValues(notAllowed);
  const refund = useCall(routes.counter.refund);
  const words = useBackWords();
  const send = async () => {
    const lines = order.lines.flatMap((line) => {
      const quantity = Number(counts[line.id] ?? 0);
      return quantity > 0 ? [{ lineId: line.id, quantity }] : [];
    });
    const params = { tillId: till.snapshot!.data.till.id };
    const body = { key, orderId: order.id, lines, restock, ...allowed };
    const done = await refund.send({ params, body }).catch(() => null);
    if (!done) return;
    say(t('refund.done', { amount: formatYuan(done.amountFen), back: words(done.back) }));
    onDone();
  };
  return (
    <Form onSend={() => void send()} call={refund} scope="refund">
      {order.lines.map((line) => (
        <TextField
          key={line.id}
          name={line.id}
          label={t('refund.quantity', {
            name: line.title,
            most: line.quantity - line.refundedQuantity,
          })}
          inputMode="numeric"
          value={counts[line.id] ?? ''}
          onChange={(value) =>
            setCounts((now) => ({ ...now, [line.id]: value.replace(/\D/g, '') }))
          }
          short
          optional
        />
      ))}
      <Checkbox
        name="restock"
        label={t('refund.restock')}
        checked={restock}
        onChange={setRestock}
      />
      <Supervised field={field} reason={t('refund.reason')} />
      <Button type="submit" kind="primary" busy={refund.busy}>
        {t('refund.do')}
      </Button>
    </Form>
  );
}
