import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Listed, Button, EmptyState, State, TextField } from '../../../shared/ui/index.ts';
import { PlaceSelect } from './goods-fields.tsx';
import { useSend } from './send.ts';

type Count = RouteOutput<typeof routes.goods.counts>['items'][number];

/** Stock-takes: begin one, note lot by lot, finish, and agree to another's differences. */
export function Counts() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [placeId, setPlaceId] = useState('');
  const query = useList(routes.goods.counts);
  const open = useSend(routes.goods.openCount);
  return (
    <section className="panel">
      <h2>{t('moves.counts')}</h2>
      <p className="soft">{t('moves.countNote')}</p>
      {holds(session, 'goods.write') && (
        <div className="field-row">
          <PlaceSelect
            mine
            name="countPlace"
            label={t('goods.place')}
            value={placeId}
            onChange={setPlaceId}
          />
          <span className="form-actions">
            <Button busy={open.busy} onPress={() => placeId && open.run({ body: { placeId } })}>
              {t('moves.openCount')}
            </Button>
          </span>
        </div>
      )}
      {open.refusal && <p role="alert">{open.refusal.message}</p>}
      <Listed list={query} empty={<EmptyState title={t('moves.noCounts')} />}>
        {(items) => items.map((count) => <CountCard key={count.id} count={count} />)}
      </Listed>
    </section>
  );
}

function CountCard({ count }: { count: Count }) {
  const { t } = useTranslation('console');
  const finish = useSend(routes.goods.finishCount);
  const book = useSend(routes.goods.bookCount);
  const params = { countId: count.id };
  const refusal = finish.refusal ?? book.refusal;
  const shown =
    count.state === 'open'
      ? count.lines
      : count.lines.filter((line) => line.counted !== line.expected);
  return (
    <section className="card-row">
      <div className="row-between">
        <h3>{t('moves.countOf', { place: count.placeName, number: count.number })}</h3>
        <State tone={count.state === 'booked' ? 'done' : 'warned'}>
          {t(`moves.countState.${count.state}`)}
        </State>
      </div>
      <ul className="list">
        {shown.map((line) => (
          <CountLine key={line.lot.id} count={count} line={line} />
        ))}
      </ul>
      {refusal && <p role="alert">{refusal.message}</p>}
      {count.state === 'open' && (
        <div className="form-actions">
          <Button kind="primary" busy={finish.busy} onPress={() => finish.run({ params })}>
            {t('moves.finish')}
          </Button>
        </div>
      )}
      {count.mayBook && (
        <div className="form-actions">
          <Button kind="primary" busy={book.busy} onPress={() => book.run({ params })}>
            {t('moves.book')}
          </Button>
        </div>
      )}
    </section>
  );
}

function CountLine({ count, line }: { count: Count; line: Count['lines'][number] }) {
  const { t } = useTranslation('console');
  const [counted, setCounted] = useState(line.counted === null ? '' : String(line.counted));
  const [reason, setReason] = useState(line.reason ?? '');
  const call = useSend(routes.goods.countLot);
  const { lot } = line;
  const differs = line.counted !== null && line.counted !== line.expected;
  if (count.state !== 'open')
    return (
      <li>
        <span>
          <strong>{lot.itemName}</strong> {lot.batch} {t('moves.counted')} {line.counted}{' '}
          {t('moves.expected')} {line.expected} · {line.reason}
        </span>
      </li>
    );
  return (
    <li>
      <span>
        <strong>{lot.itemName}</strong> <span className="soft small">{lot.batch}</span>{' '}
        {line.expected !== null && `${t('moves.expected')} ${line.expected}`}
      </span>
      <span className="row">
        <TextField
          short
          hideLabel
          name={`counted-${lot.id}`}
          inputMode="numeric"
          label={`${lot.itemName} ${t('moves.counted')}`}
          value={counted}
          onChange={setCounted}
        />
        {differs && (
          <TextField
            name={`reason-${lot.id}`}
            label={t('moves.reason')}
            value={reason}
            onChange={setReason}
          />
        )}
        <Button
          busy={call.busy}
          label={`${t('moves.countThis')} ${lot.itemName}`}
          onPress={() =>
            /^\d+$/.test(counted.trim()) &&
            call.run({
              params: { countId: count.id },
              body: { lotId: lot.id, counted: Number(counted), reason },
            })
          }
        >
          {t('moves.countThis')}
        </Button>
      </span>
    </li>
  );
}
