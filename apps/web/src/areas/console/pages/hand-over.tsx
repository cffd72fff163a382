import { routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  Checkbox,
  EmptyState,
  Loaded,
  Notice,
  Page,
  say,
  Select,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { fits, isReceived, type Plan, type Recipient } from '../parts/goods-codes.ts';
import { TickDialog } from '../parts/tick-dialog.tsx';
import { useTicks } from '../parts/use-ticks.ts';

/** The day itself, on a phone in one hand: find somebody in a queue of seventy, let her sign, the next. */
export function HandOverPage() {
  const { t } = useTranslation('console');
  const { planId } = useParams({ from: '/desk/distributions/$planId/hand-over' });
  const plan = useRoute(routes.distribution.read, { params: { planId } });
  const list = useRoute(routes.distribution.recipients, { params: { planId } });
  return (
    <Page title={plan.data?.name ?? t('handOver.title')} width="wide">
      <p>
        <Link to="/desk/distributions/$planId" params={{ planId }}>
          {t('plan.facts')}
        </Link>
      </p>
      <Loaded query={plan}>
        {(loaded) => (
          <Loaded query={list}>{({ items }) => <Queue plan={loaded} people={items} />}</Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Queue({ plan, people }: { plan: Plan; people: readonly Recipient[] }) {
  const { t } = useTranslation('console');
  const [text, setText] = useState('');
  const [building, setBuilding] = useState('');
  const [onlyWaiting, setOnlyWaiting] = useState(true);
  const [open, setOpen] = useState<Recipient | null>(null);
  const ticks = useTicks(plan.id);
  const unsent = new Map(ticks.waiting.map(({ body }) => [body.recipientId, body.outcome]));
  // What was ticked here is done for who stands here, also while the network is away.
  const now = people.map((one) => ({ ...one, outcome: unsent.get(one.id) ?? one.outcome }));
  const done = now.filter(isReceived).length;
  const shown = now.filter(
    (one) =>
      fits(one, text) &&
      (building === '' || one.building === building) &&
      (!onlyWaiting || !isReceived(one)),
  );
  const words = t('handOver.progress', { done, all: now.length });
  return (
    <>
      <div className="queue-head">
        <div className="row-between">
          <strong role="status">{words}</strong>
          <progress
            className="queue-progress"
            value={done}
            max={Math.max(1, now.length)}
            aria-label={words}
          />
        </div>
        {ticks.waiting.length > 0 && (
          <Notice tone="warned" title={t('handOver.unsent', { count: ticks.waiting.length })} />
        )}
        <TextField
          name="find"
          type="search"
          label={t('handOver.find')}
          hint={t('handOver.findHint')}
          value={text}
          onChange={setText}
        />
        <Buildings people={people} value={building} onChange={setBuilding} />
        <Checkbox
          name="only"
          label={t('handOver.only')}
          checked={onlyWaiting}
          onChange={setOnlyWaiting}
        />
      </div>
      {ticks.failed.length > 0 && (
        <div role="alert">
          <Notice tone="late" title={t('handOver.failed')}>
            {ticks.failed.map((one) => (
              <p key={`${one.serial} ${one.message}`}>
                {t('handOver.number', { serial: one.serial })}：{one.message}
              </p>
            ))}
            <Button onPress={ticks.forgetFailed}>{t('handOver.understood')}</Button>
          </Notice>
        </div>
      )}
      {!plan.mayHandOver && <Notice tone="quiet" title={t('handOver.notOpen')} />}
      {shown.length === 0 && <EmptyState title={t('handOver.nobody')} />}
      <ul className="queue" aria-label={t('people.title')}>
        {shown.map((one) => (
          <li key={one.id}>
            <QueueRow one={one} onOpen={() => plan.mayHandOver && setOpen(one)} />
          </li>
        ))}
      </ul>
      {open && (
        <TickDialog
          plan={plan}
          one={open}
          onClose={() => setOpen(null)}
          onTick={(tick, signature) => {
            ticks.add(tick, { serial: open.serial, signature });
            say(t('handOver.noted', { serial: open.serial }));
            setOpen(null);
            setText('');
          }}
        />
      )}
    </>
  );
}

interface BuildingsProps {
  people: readonly Recipient[];
  value: string;
  onChange: (building: string) => void;
}

function Buildings({ people, value, onChange }: BuildingsProps) {
  const { t } = useTranslation('console');
  const all = [...new Set(people.flatMap((one) => one.building ?? []))].toSorted();
  if (all.length < 2) return null;
  return (
    <Select
      name="building"
      label={t('handOver.building')}
      placeholder={t('handOver.allBuildings')}
      value={value}
      onChange={onChange}
      options={all.map((one) => ({ value: one, label: one }))}
    />
  );
}

function QueueRow({ one, onOpen }: { one: Recipient; onOpen: () => void }) {
  const { t } = useTranslation('console');
  const received = isReceived(one);
  return (
    <button
      type="button"
      className="queue-row"
      data-done={received || undefined}
      onClick={() => !received && onOpen()}
    >
      <span className="queue-serial number">{one.serial}</span>
      <span className="queue-who">
        <strong>{one.maskedName}</strong>
        <span className="soft small">
          {one.unitName ?? one.building ?? one.area.name} · {t('handOver.word', { word: one.word })}
        </span>
      </span>
      <State tone={received ? 'done' : one.outcome ? 'warned' : 'quiet'}>
        {t(`people.outcomes.${one.outcome ?? 'waiting'}`)}
      </State>
    </button>
  );
}
