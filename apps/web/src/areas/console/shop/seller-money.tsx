import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useRefundReason } from '../../../shared/refund-reason.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { DateText, say, State } from '../../../shared/ui/index.ts';
import { RefusedRefunds } from '../groups/refused-refunds.tsx';
import { NoteHow } from '../parts/note-how.tsx';
import { useSend } from '../parts/send.ts';

type Stray = RouteOutput<typeof routes.sellerMoney.list>['strays'][number];

/** What in sellers' own numbers waits for a person: sums nobody ordered, refunds that were refused. Nothing while all fits. */
export function SellerMoney() {
  const { data } = useRoute(routes.sellerMoney.list);
  const groups = useRoute(routes.groupBuy.refusedRefunds).data?.items ?? [];
  return (
    <>
      {data && data.strays.length + data.refunds.length > 0 && <OfOrders data={data} />}
      <RefusedRefunds items={groups} />
    </>
  );
}

function OfOrders({ data }: { data: RouteOutput<typeof routes.sellerMoney.list> }) {
  const { t } = useTranslation('console');
  const reason = useRefundReason();
  return (
    <section className="panel" aria-labelledby="seller-money">
      <h2 id="seller-money">{t('shop.sellerMoney.title')}</h2>
      <p>{t('shop.sellerMoney.lead')}</p>
      <ul className="plain-list stack">
        {data.refunds.map((one) => (
          <li key={one.number}>
            <State tone="late">{t('shop.sellerMoney.refused')}</State>{' '}
            {t('shop.sellerMoney.refund', {
              ...one,
              amount: formatYuan(one.amountFen),
              refusal: reason(one.refusal),
            })}{' '}
            <DateText at={one.at} />
          </li>
        ))}
        {data.strays.map((one) => (
          <li key={one.id}>
            <OneStray one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneStray({ one }: { one: Stray }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const amount = formatYuan(one.amountFen);
  const expected = one.expectedFen === null ? '' : formatYuan(one.expectedFen);
  return (
    <div className="stack-tight">
      <p>
        <State tone={one.cleared ? 'done' : 'warned'}>
          {t(one.cleared ? 'shop.sellerMoney.cleared' : `shop.sellerMoney.${one.kind}`)}
        </State>{' '}
        {one.number
          ? t('shop.sellerMoney.otherSum', { ...one, number: one.number, amount, expected })
          : t('shop.sellerMoney.noOrder', { ...one, amount })}{' '}
        <DateText at={one.receivedAt} />
      </p>
      {one.cleared && (
        <p className="soft">
          {one.cleared.by}：{one.cleared.how} <DateText at={one.cleared.at} />
        </p>
      )}
      {!one.cleared && holds(session, 'settlement.write') && <Clear id={one.id} />}
    </div>
  );
}

function Clear({ id }: { id: string }) {
  const { t } = useTranslation('console');
  const clear = useSend(routes.sellerMoney.clear);
  return (
    <NoteHow
      scope={`stray-${id}`}
      words={{
        open: t('shop.sellerMoney.clear'),
        label: t('shop.sellerMoney.how'),
        hint: t('shop.sellerMoney.howHint'),
        send: t('shop.sellerMoney.send'),
      }}
      call={clear}
      onSend={(how) =>
        clear.run({ params: { noticeId: id }, body: { how } }, () =>
          say(t('shop.sellerMoney.done')),
        )
      }
    />
  );
}
