import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Button,
  Card,
  dateWords,
  Form,
  Loaded,
  Page,
  RefusalNotice,
  say,
  Select,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { Carrying } from './carrying.tsx';
import '../mall/mall.css';

type Mine = RouteOutput<typeof routes.delivery.mine>;

/** Bringing orders to neighbours: what I have, what waits, and where I may. */
export function DeliveriesPage() {
  return <SessionGate signIn="/my/sign-in">{() => <Deliveries />}</SessionGate>;
}

function Deliveries() {
  const { t } = useTranslation('deliveries');
  const query = useRoute(routes.delivery.mine);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Loaded query={query} lines={6}>
        {(mine) => (
          <>
            {mine.carrying.length > 0 && (
              <section aria-labelledby="carrying" className="stack">
                <h2 id="carrying">{t('carrying')}</h2>
                {mine.carrying.map((one) => (
                  <Carrying key={one.orderId} one={one} />
                ))}
              </section>
            )}
            {mine.volunteering.some((one) => one.state === 'accepted') && (
              <Waiting items={mine.waiting} />
            )}
            <Brought items={mine.brought} />
            <Volunteering items={mine.volunteering} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Waiting({ items }: { items: Mine['waiting'] }) {
  const { t, i18n } = useTranslation('deliveries');
  const take = useCall(routes.delivery.take);
  return (
    <section aria-labelledby="waiting" className="stack">
      <h2 id="waiting">{t('waiting')}</h2>
      {take.refusal && <RefusalNotice refusal={take.refusal} />}
      {items.length === 0 && <p className="soft">{t('waitingNone')}</p>}
      {items.map((one) => (
        <Card as="article" key={one.orderId}>
          <h3>{one.goods.join('，')}</h3>
          <p>{t('from', { place: one.placeName, area: one.area.name })}</p>
          <p className="soft">{t('since', { time: dateWords(one.openedAt, i18n.language) })}</p>
          <Button
            kind="primary"
            wide
            busy={take.busy}
            label={`${t('take')} ${one.number}`}
            onPress={() =>
              void take.send({ params: { orderId: one.orderId } }).catch(() => undefined)
            }
          >
            {t('take')}
          </Button>
        </Card>
      ))}
    </section>
  );
}

function Brought({ items }: { items: Mine['brought'] }) {
  const { t, i18n } = useTranslation('deliveries');
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="brought" className="stack">
      <h2 id="brought">{t('brought')}</h2>
      {items.map((one) => (
        <p key={one.orderId} className="row-between">
          <span>{one.goods.join('，')}</span>
          <span className="soft">
            {one.endedAt && t('at', { time: dateWords(one.endedAt, i18n.language) })}
          </span>
        </p>
      ))}
    </section>
  );
}

function Volunteering({ items }: { items: Mine['volunteering'] }) {
  const { t } = useTranslation('deliveries');
  const stop = useCall(routes.delivery.stop);
  return (
    <section aria-labelledby="join" className="stack">
      <h2 id="join">{t('join')}</h2>
      {stop.refusal && <RefusalNotice refusal={stop.refusal} />}
      {items.map((one) => (
        <p key={one.area.code} className="row-between">
          <State tone={one.state === 'accepted' ? 'done' : 'running'}>
            {t(one.state === 'accepted' ? 'accepted' : 'asked', {
              area: one.area.name,
              count: one.brought,
            })}
          </State>
          <Button
            busy={stop.busy}
            onPress={() =>
              void stop.send({ body: { areaCode: one.area.code } }).catch(() => undefined)
            }
          >
            {t('stop', { area: one.area.name })}
          </Button>
        </p>
      ))}
      {items.length === 0 ? (
        <Join />
      ) : (
        <details>
          <summary>{t('joinMore')}</summary>
          <Join />
        </details>
      )}
    </section>
  );
}

const nobody = { placeId: '', name: '' };

function Join() {
  const { t } = useTranslation('deliveries');
  const stations = useRoute(routes.catalogue.stations).data?.items ?? [];
  const [value, setValue] = useState(nobody);
  const ask = useCall(routes.delivery.volunteer);
  const send = () =>
    void ask
      .send({ body: value })
      .then(() => {
        say(t('joined'));
        setValue(nobody);
      })
      .catch(() => undefined);
  return (
    <Form onSend={send} call={ask}>
      <p className="soft">{t('joinLead')}</p>
      <Select
        name="placeId"
        label={t('station')}
        placeholder={t('stationChoose')}
        value={value.placeId}
        onChange={(placeId) => setValue((now) => ({ ...now, placeId }))}
        options={stations.map((one) => ({ value: one.id, label: one.name }))}
      />
      <TextField
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        value={value.name}
        onChange={(name) => setValue((now) => ({ ...now, name }))}
      />
      <Button type="submit" busy={ask.busy}>
        {t('joinSend')}
      </Button>
    </Form>
  );
}
