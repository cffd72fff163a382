import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  DateText,
  Dialog,
  EmptyState,
  Form,
  Loaded,
  Money,
  Page,
  quantityWords,
  say,
  State,
  TextArea,
} from '../../../shared/ui/index.ts';
import { dateColumn, wordColumn } from '../parts/columns.tsx';
import type { Lot, StockItem, StockLine } from '../parts/goods-codes.ts';
import { WholeTable } from '../parts/list-table.tsx';
import { SendLot, WriteOffLot } from '../parts/lot-acts.tsx';
import { useSend } from '../parts/send.ts';
import { ThingPicture } from '../parts/thing-picture.tsx';

type Trace = RouteOutput<typeof routes.goods.lotTrace>;
type Movement = RouteOutput<typeof routes.goods.movements>['items'][number];

/** One thing: its lots at each place, what came in and went out, and where a lot went. */
export function GoodsItemPage() {
  const { t } = useTranslation('console');
  const { itemId } = useParams({ from: '/desk/goods/items/$itemId' });
  const { lot } = useSearch({ from: '/desk/goods/items/$itemId' });
  const stock = useRoute(routes.goods.stock, { query: { itemId } });
  const thing = stock.data?.items.find((one) => one.item.id === itemId);
  return (
    <Page title={thing?.item.name ?? t('goods.title')} width="wide">
      <p>
        <Link to="/desk/goods">{t('goods.title')}</Link>
      </p>
      <Loaded query={stock}>
        {() =>
          thing ? (
            <Shelves thing={thing} />
          ) : (
            <EmptyState title={t('goods.emptyTitle')}>
              <p>{t('goods.emptyBody')}</p>
            </EmptyState>
          )
        }
      </Loaded>
      {lot && <LotDialog lotId={lot} itemId={itemId} />}
    </Page>
  );
}

function Shelves({ thing }: { thing: StockItem }) {
  const { t, i18n } = useTranslation('console');
  const [placeId, setPlaceId] = useState(thing.lines[0]?.placeId ?? '');
  return (
    <>
      <section className="panel thing-head">
        <ThingPicture item={thing.item} />
        <p className="thing-total number">
          {quantityWords(thing.quantity, thing.item.unit, i18n.language)}
        </p>
      </section>
      <section className="panel">
        <h2>{t('goods.lots')}</h2>
        <ul className="list">
          {thing.lines.map((line) => (
            <LotLine
              key={`${line.placeId} ${line.lot.id}`}
              line={line}
              onShow={() => setPlaceId(line.placeId)}
            />
          ))}
        </ul>
      </section>
      {placeId && <Movements item={thing.item} placeId={placeId} />}
    </>
  );
}

function LotLine({ line, onShow }: { line: StockLine; onShow: () => void }) {
  const { t, i18n } = useTranslation('console');
  const { session } = useSession();
  const navigate = useNavigate();
  const [act, setAct] = useState<'send' | 'writeOff' | null>(null);
  const { lot } = line;
  return (
    <li>
      <span>
        <strong>{line.placeName}</strong>{' '}
        <span className="number">{quantityWords(line.quantity, lot.unit, i18n.language)}</span>{' '}
        <span className="soft small">
          {lot.batch || t('goods.noBatch')} · {t('goods.expires')}{' '}
          {lot.expiresOn ? <DateText at={lot.expiresOn} /> : t('goods.never')} · {lot.originLabel} ·{' '}
          <Money fen={lot.unitValueFen} /> / {lot.unit}
        </span>{' '}
        {lot.recalledOn && <State tone="late">{t('goods.recalled')}</State>}
      </span>
      <span className="row">
        <Button kind="quiet" onPress={onShow}>
          {t('goods.movements')}
        </Button>
        <Button
          kind="quiet"
          onPress={() =>
            void navigate({
              to: '/desk/goods/items/$itemId',
              params: { itemId: lot.itemId },
              search: { lot: lot.id },
            })
          }
        >
          {t('goods.trace')}
        </Button>
        {holds(session, 'goods.write') && (
          <>
            <Button kind="quiet" onPress={() => setAct('send')}>
              {t('goods.send')}
            </Button>
            <Button kind="quiet" onPress={() => setAct('writeOff')}>
              {t('goods.writeOff')}
            </Button>
          </>
        )}
      </span>
      {act === 'send' && <SendLot line={line} onClose={() => setAct(null)} />}
      {act === 'writeOff' && <WriteOffLot line={line} onClose={() => setAct(null)} />}
    </li>
  );
}

function Movements({ item, placeId }: { item: StockItem['item']; placeId: string }) {
  const { t } = useTranslation('console');
  const columns = useMovementColumns(item.unit);
  const params = { itemId: item.id };
  const query = useRoute(routes.goods.movements, { params, query: { placeId } });
  return (
    <section className="panel">
      <h2>{t('goods.movements')}</h2>
      <Loaded query={query}>
        {({ items }) => (
          <WholeTable
            label={t('goods.movements')}
            rows={items}
            columns={columns}
            rowKey={(one) => one.id}
          />
        )}
      </Loaded>
    </section>
  );
}

function useMovementColumns(unit: string): Column<Movement>[] {
  const { t, i18n } = useTranslation('console');
  const words = (quantity: number) => quantityWords(quantity, unit, i18n.language);
  return [
    dateColumn('at', t('goods.at'), (one) => one.at),
    wordColumn('movement', t('goods.movement'), (one) => t(`goods.kind.${one.kind}`)),
    wordColumn('batch', t('goods.batch'), (one) => one.batch || t('goods.noBatch')),
    {
      key: 'quantity',
      header: t('goods.quantity'),
      numeric: true,
      value: (one) => one.quantity,
      cell: (one) => `${t(`goods.direction.${one.direction}`)} ${words(one.quantity)}`,
    },
    {
      key: 'balance',
      header: t('goods.balance'),
      numeric: true,
      value: (one) => one.balance,
      cell: (one) => words(one.balance),
    },
    wordColumn('by', t('goods.by'), (one) => one.byName),
  ];
}

function LotDialog({ lotId, itemId }: { lotId: string; itemId: string }) {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const query = useRouteWhen(lotId !== '', routes.goods.lotTrace, { params: { lotId } });
  const close = () =>
    void navigate({ to: '/desk/goods/items/$itemId', params: { itemId }, search: {} });
  return (
    <Dialog wide open title={t('goods.trace')} onClose={close}>
      <Loaded query={query}>{(trace) => <LotTrace trace={trace} />}</Loaded>
    </Dialog>
  );
}

function LotTrace({ trace }: { trace: Trace }) {
  const { t, i18n } = useTranslation('console');
  const { lot } = trace;
  const count = (quantity: number) => ({ count: quantity, unit: lot.unit });
  return (
    <div className="stack-tight">
      <p>{t('lot.arrived', count(trace.arrived))}</p>
      <h3>{t('lot.resting')}</h3>
      <ul className="list">
        {trace.resting.map((one) => (
          <li key={one.label}>
            <span>{one.label}</span>
            <span className="number">{quantityWords(one.quantity, lot.unit, i18n.language)}</span>
          </li>
        ))}
      </ul>
      {trace.writtenOff > 0 && <p>{t('lot.writtenOff', count(trace.writtenOff))}</p>}
      {trace.intoKits > 0 && <p>{t('lot.intoKits', count(trace.intoKits))}</p>}
      {trace.sold > 0 && (
        <p>{t(lot.recalledOn ? 'lot.soldRecalled' : 'lot.sold', count(trace.sold))}</p>
      )}
      <h3>{t('lot.handed')}</h3>
      {trace.handedOver.length === 0 && trace.elsewhere === 0 && <p>{t('lot.none')}</p>}
      <ul className="list">
        {trace.handedOver.map((one) => (
          <li key={one.recipientId}>
            <span>
              <Link to="/desk/distributions/$planId" params={{ planId: one.planId }}>
                {one.planNumber}
              </Link>{' '}
              {t('handOver.number', { serial: one.serial })} <strong>{one.maskedName}</strong>{' '}
              <span className="soft small">
                {one.areaName} · <DateText at={one.at} />
              </span>
            </span>
            <span className="number">{quantityWords(one.quantity, lot.unit, i18n.language)}</span>
          </li>
        ))}
      </ul>
      {trace.elsewhere > 0 && <p>{t('lot.elsewhere', count(trace.elsewhere))}</p>}
      <Recall lot={lot} />
    </div>
  );
}

function Recall({ lot }: { lot: Lot }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [reason, setReason] = useState('');
  const call = useSend(routes.goods.recall);
  if (lot.recalledOn) return <State tone="late">{t('goods.recalled')}</State>;
  if (!holds(session, 'goods.write')) return null;
  return (
    <Form
      scope="recall"
      call={call}
      onSend={() =>
        call.run({ params: { lotId: lot.id }, body: { reason } }, () => say(t('lot.recallDone')))
      }
      send={t('lot.recall')}
      kind="danger"
    >
      <TextArea
        name="reason"
        rows={2}
        label={t('lot.recallReason')}
        hint={t('lot.recallNote')}
        value={reason}
        onChange={setReason}
      />
    </Form>
  );
}
