import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRefundReason } from '../../../shared/refund-reason.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { DateText, say, State } from '../../../shared/ui/index.ts';
import { NoteHow } from '../parts/note-how.tsx';
import { useSend } from '../parts/send.ts';

type Refused = RouteOutput<typeof routes.groupBuy.refusedRefunds>['items'][number];

/** Refunds of group-buys that sellers' numbers do not send back: why, and what to do then. Nothing while all go. */
export function RefusedRefunds({ items }: { items: readonly Refused[] }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const reason = useRefundReason();
  if (items.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="refused-refunds">
      <h2 id="refused-refunds">{t('groupBuys.refused.title')}</h2>
      <p>{t('groupBuys.refused.lead')}</p>
      <ul className="plain-list stack">
        {items.map((one) => (
          <li key={one.id} className="stack-tight">
            <p>
              <State tone="late">{t('shop.sellerMoney.refused')}</State>{' '}
              {t('groupBuys.refused.row', {
                title: one.title,
                number: one.groupNumber,
                merchant: one.merchantName,
                place: one.place,
                amount: formatYuan(one.amountFen),
                reason: reason(one.refusal),
              })}{' '}
              <DateText at={one.askedAt} />
            </p>
            {holds(session, 'settlement.write') && <Given id={one.id} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Given({ id }: { id: string }) {
  const { t } = useTranslation('console');
  const note = useSend(routes.groupBuy.noteGiven);
  return (
    <NoteHow
      scope={`given-${id}`}
      words={{
        open: t('groupBuys.refused.note'),
        label: t('groupBuys.refused.how'),
        hint: t('groupBuys.refused.howHint'),
        send: t('shop.sellerMoney.send'),
      }}
      call={note}
      onSend={(how) =>
        note.run({ params: { refundId: id }, body: { how } }, () =>
          say(t('groupBuys.refused.done')),
        )
      }
    />
  );
}
