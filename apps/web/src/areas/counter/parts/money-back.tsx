import { formatYuan, newId } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { useRefundReason } from '../../../shared/refund-reason.ts';
import { Button, Form, say } from '../../../shared/ui/index.ts';
import type { TillState } from '../till/store.ts';
import { useValues } from '../../../shared/values.ts';
import { notAllowed, Supervised } from './supervised.tsx';
import { timeWords } from './words.ts';

type Item = RouteOutput<typeof routes.counter.refunds>['items'][number];
type Back = Item['back'][number];

/** Each part of what goes back in words: how much, with what, and how far it is. */
export function useBackWords(): (back: readonly Back[]) => string {
  const { t } = useTranslation('counter');
  const reason = useRefundReason();
  return (back) =>
    back
      .map((one) => {
        const amount = formatYuan(one.amountFen);
        if (one.state === 'in_cash') return t('back.in_cash', { amount });
        const means =
          one.means === 'cash' || one.means === 'voucher' || one.means === 'coupon'
            ? t(`means.${one.means}`)
            : t('means.wechat');
        return t(`back.${one.state}`, { means, amount, refusal: reason(one.refusal ?? '') });
      })
      .join('，');
}

/** Refunds whose money has not reached the buyer: asked about, asked for anew, or given in cash when refused. */
export function MoneyBack({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const tillId = till.snapshot!.data.till.id;
  const query = useRoute(routes.counter.refunds, { params: { tillId } });
  const items = query.data?.items ?? [];
  if (!till.online || items.length === 0) return null;
  return (
    <section className="till-narrow">
      <h2>{t('back.title', { count: items.length })}</h2>
      <p>{t('back.lead')}</p>
      {items.map((item) => (
        <OneBack key={item.number} tillId={tillId} item={item} />
      ))}
    </section>
  );
}

function OneBack({ tillId, item }: { tillId: string; item: Item }) {
  const { t } = useTranslation('counter');
  const words = useBackWords();
  const ask = useCall(routes.counter.askRefund);
  const { number } = item;
  const send = async () => {
    const told = await ask.send({ params: { tillId, number } }).catch(() => null);
    if (told) say(`${number}：${words(told.back)}`);
  };
  return (
    <section className="till-narrow" aria-labelledby={`back-${number}`}>
      <h3 id={`back-${number}`}>
        {number} <span className="soft">{item.orderNumber}</span>
      </h3>
      <p>
        {timeWords(item.at)} {words(item.back)}
      </p>
      {ask.refusal && <p className="till-told">{ask.refusal.message}</p>}
      <Button busy={ask.busy} onPress={() => void send()}>
        {t('back.ask')}
      </Button>
      {item.back.some((one) => one.state === 'refused') && (
        <InCash tillId={tillId} number={number} />
      )}
    </section>
  );
}

/** Cash for what the payment service refused: a supervisor types the code, with the reason. */
function InCash({ tillId, number }: { tillId: string; number: string }) {
  const { t } = useTranslation('counter');
  const [key] = useState(newId);
  const { value: allowed, field } = useValues(notAllowed);
  const give = useCall(routes.counter.refundInCash);
  const send = async () => {
    const body = { key, ...allowed };
    const told = await give.send({ params: { tillId, number }, body }).catch(() => null);
    if (told) say(t('back.gaveCash', { number }));
  };
  return (
    <details>
      <summary>{t('back.cash')}</summary>
      <p>{t('back.cashLead')}</p>
      <Form onSend={() => void send()} call={give} scope={`cash-${number}`}>
        <Supervised field={field} reason={t('refund.reason')} />
        <Button type="submit" kind="primary" busy={give.busy}>
          {t('back.giveCash')}
        </Button>
      </Form>
    </details>
  );
}
