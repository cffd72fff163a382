import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Button,
  DateText,
  EmptyState,
  Form,
  Loaded,
  Page,
  quantityWords,
  say,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { OrderForm } from '../parts/order-form.tsx';
import { Counts } from '../parts/stock-counts.tsx';
import { useSend } from '../parts/send.ts';

type Transfer = RouteOutput<typeof routes.goods.transfers>['items'][number];
type Order = RouteOutput<typeof routes.goods.orders>['items'][number];
type WriteOff = RouteOutput<typeof routes.goods.writeOffs>['items'][number];

/** What is ordered and has to be taken in, stock-takes, write-offs that wait for a second person, and transfers. */
export function GoodsMovesPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [ordering, setOrdering] = useState(false);
  const transfers = useRoute(routes.goods.transfers);
  const orders = useRoute(routes.goods.orders);
  const mayOrder = holds(session, 'goods.write') && holds(session, 'proposal.read');
  return (
    <Page
      title={t('moves.title')}
      lead={t('moves.lead')}
      width="wide"
      aside={
        mayOrder && (
          <Button kind="primary" expanded={ordering} onPress={() => setOrdering(!ordering)}>
            {t('moves.orderAdd')}
          </Button>
        )
      }
    >
      {ordering && <OrderForm onDone={() => setOrdering(false)} />}
      <section className="panel">
        <h2>{t('moves.toReceive')}</h2>
        <Loaded query={transfers}>
          {({ items }) => (
            <Arrivals
              transfers={items.filter((one) => one.state === 'sent')}
              orders={(orders.data?.items ?? []).filter((one) => one.state === 'paid')}
            />
          )}
        </Loaded>
        <Ordered orders={(orders.data?.items ?? []).filter((one) => one.state === 'waiting')} />
      </section>
      <Counts />
      <WriteOffs />
      <section className="panel">
        <h2>{t('moves.transfers')}</h2>
        <Loaded query={transfers}>{({ items }) => <Transfers transfers={items} />}</Loaded>
      </section>
    </Page>
  );
}

/** Orders whose proposal is not paid yet. */
function Ordered({ orders }: { orders: readonly Order[] }) {
  const { t } = useTranslation('console');
  if (orders.length === 0) return null;
  return (
    <>
      <h3>{t('moves.ordered')}</h3>
      <ul className="list">
        {orders.map((one) => (
          <li key={one.id}>
            <span>
              <strong>
                {t('moves.order', {
                  number: one.proposalNumber ?? '',
                  supplier: one.supplierName,
                })}
              </strong>{' '}
              {one.lines
                .map(({ lot, ordered }) => `${lot.itemName} ${ordered} ${lot.unit}`)
                .join('、')}{' '}
              <span className="soft small">{one.placeName}</span>
            </span>
            <State tone="running">{t('moves.orderWaiting')}</State>
          </li>
        ))}
      </ul>
    </>
  );
}

function Arrivals({ transfers, orders }: { transfers: Transfer[]; orders: Order[] }) {
  const { t } = useTranslation('console');
  if (transfers.length + orders.length === 0)
    return <EmptyState title={t('moves.nothingToReceive')} />;
  return (
    <>
      {transfers.map((one) => (
        <TakeInTransfer key={one.id} transfer={one} />
      ))}
      {orders.map((one) => (
        <TakeInOrder key={one.id} order={one} />
      ))}
    </>
  );
}

interface TakeInProps {
  scope: string;
  title: string;
  detail: string;
  lines: readonly { lotId: string; name: string; unit: string; sent: number }[];
  call: Pick<ReturnType<typeof useSend>, 'busy' | 'refusal'>;
  onSend: (counts: ReadonlyMap<string, number>, reason: string) => void;
}

/** How many came of each; it begins with what was sent, as most arrive whole. */
function TakeIn({ scope, title, detail, lines, call, onSend }: TakeInProps) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [counts, setCounts] = useState(
    () => new Map(lines.map((line) => [line.lotId, String(line.sent)])),
  );
  const [reason, setReason] = useState('');
  const isShort = lines.some((line) => Number(counts.get(line.lotId)) < line.sent);
  return (
    <section className="card-row">
      <h3>{title}</h3>
      <p className="soft small">{detail}</p>
      <Form
        scope={scope}
        call={call}
        onSend={() =>
          onSend(new Map([...counts].map(([lotId, text]) => [lotId, Number(text)])), reason)
        }
      >
        {lines.map((line) => (
          <TextField
            key={line.lotId}
            short
            name={`received-${line.lotId}`}
            inputMode="numeric"
            label={`${line.name} · ${t('moves.received')}`}
            hint={`${t('moves.sent')} ${t('goods.amount', { count: line.sent, unit: line.unit })}`}
            value={counts.get(line.lotId) ?? ''}
            onChange={(text) => setCounts((now) => new Map(now).set(line.lotId, text))}
          />
        ))}
        {isShort && (
          <TextField name="reason" label={t('moves.reason')} value={reason} onChange={setReason} />
        )}
        {holds(session, 'goods.write') && (
          <div className="form-actions">
            <Button type="submit" kind="primary" busy={call.busy}>
              {t('moves.takeIn')}
            </Button>
          </div>
        )}
      </Form>
    </section>
  );
}

function TakeInTransfer({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation('console');
  const call = useSend(routes.goods.receiveTransfer);
  return (
    <TakeIn
      scope={`t${transfer.number}`}
      title={t('moves.transferFrom', { from: transfer.fromName, to: transfer.toName })}
      detail={`${transfer.number} · ${t('moves.sentBy', { name: transfer.sentBy })}`}
      lines={transfer.lines.map(({ lot, sent }) => ({
        lotId: lot.id,
        name: lot.itemName,
        unit: lot.unit,
        sent,
      }))}
      call={call}
      onSend={(counts, reason) =>
        call.run(
          {
            params: { transferId: transfer.id },
            body: { lines: [...counts].map(([lotId, received]) => ({ lotId, received })), reason },
          },
          () => say(t('moves.takenIn')),
        )
      }
    />
  );
}

function TakeInOrder({ order }: { order: Order }) {
  const { t } = useTranslation('console');
  const call = useSend(routes.goods.receiveOrder);
  return (
    <TakeIn
      scope={`o${order.id.slice(0, 8)}`}
      title={t('moves.order', { number: order.proposalNumber ?? '', supplier: order.supplierName })}
      detail={order.placeName}
      lines={order.lines.map(({ lot, ordered }) => ({
        lotId: lot.id,
        name: lot.itemName,
        unit: lot.unit,
        sent: ordered,
      }))}
      call={call}
      onSend={(counts, reason) =>
        call.run(
          {
            params: { orderId: order.id },
            body: {
              lines: [...counts].map(([lotId, received]) => ({
                lotId,
                received,
                batch: '',
                expiresOn: null,
              })),
              reason,
            },
          },
          () => say(t('moves.takenIn')),
        )
      }
    />
  );
}

function WriteOffs() {
  const { t } = useTranslation('console');
  const query = useList(routes.goods.writeOffs);
  return (
    <section className="panel">
      <h2>{t('moves.writeOffs')}</h2>
      <Listed list={query} empty={<EmptyState title={t('moves.noWriteOffs')} />}>
        {(items) => (
          <ul className="list">
            {items.map((one) => (
              <WriteOffLine key={one.id} writeOff={one} />
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}

function WriteOffLine({ writeOff }: { writeOff: WriteOff }) {
  const { t, i18n } = useTranslation('console');
  const { session } = useSession();
  const call = useSend(routes.goods.decideWriteOff);
  const { lot } = writeOff;
  const decide = (agree: boolean) =>
    call.run({ params: { writeOffId: writeOff.id }, body: { agree } });
  return (
    <li>
      <span>
        <strong>{lot.itemName}</strong>{' '}
        <span className="number">{quantityWords(writeOff.quantity, lot.unit, i18n.language)}</span>{' '}
        {t(`moves.causes.${writeOff.cause}`)} · {writeOff.note}{' '}
        <span className="soft small">
          {writeOff.number} · {writeOff.placeName} · {writeOff.proposedBy}
          {writeOff.decidedBy && ` · ${writeOff.decidedBy}`}
        </span>
      </span>
      {writeOff.mayDecide && holds(session, 'goods.write') ? (
        <span className="row">
          <Button
            busy={call.busy}
            label={`${t('moves.agree')} ${writeOff.number}`}
            onPress={() => decide(true)}
          >
            {t('moves.agree')}
          </Button>
          <Button
            kind="quiet"
            label={`${t('moves.refuse')} ${writeOff.number}`}
            onPress={() => decide(false)}
          >
            {t('moves.refuse')}
          </Button>
        </span>
      ) : (
        <State tone={writeOff.state === 'proposed' ? 'warned' : 'quiet'}>
          {t(`moves.writeOffState.${writeOff.state}`)}
        </State>
      )}
      {call.refusal && <span role="alert">{call.refusal.message}</span>}
    </li>
  );
}

function Transfers({ transfers }: { transfers: readonly Transfer[] }) {
  const { t } = useTranslation('console');
  if (transfers.length === 0) return <EmptyState title={t('moves.noTransfers')} />;
  return (
    <ul className="list">
      {transfers.map((one) => (
        <li key={one.id}>
          <span>
            <strong>{t('moves.transferFrom', { from: one.fromName, to: one.toName })}</strong>{' '}
            {one.lines
              .map(({ lot, sent, received }) =>
                received === null || received === sent
                  ? `${lot.itemName} ${sent} ${lot.unit}`
                  : `${lot.itemName} ${received}/${sent} ${lot.unit}`,
              )
              .join('、')}{' '}
            <span className="soft small">
              {one.number} · <DateText at={one.sentAt} />
              {one.differenceReason && ` · ${one.differenceReason}`}
            </span>
          </span>
          <State tone={one.state === 'sent' ? 'running' : 'done'}>
            {t(`moves.transferState.${one.state}`)}
          </State>
        </li>
      ))}
    </ul>
  );
}
