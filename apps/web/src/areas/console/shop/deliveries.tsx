import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  CodeField,
  DateText,
  Dialog,
  EmptyState,
  Form,
  Loaded,
  Page,
  RefusalNotice,
  say,
  State,
  TextField,
  type Tone,
} from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

type Found = RouteOutput<typeof routes.delivery.list>;
type Delivery = Found['items'][number];
type Volunteer = Found['volunteers'][number];

const tones: Record<Delivery['state'], Tone> = {
  open: 'warned',
  taken: 'running',
  fetched: 'running',
  delivered: 'done',
  ended: 'quiet',
};

/** Orders to the door: who has which, what nobody took yet, and the neighbours who bring them. */
export function ShopDeliveriesPage() {
  const { t } = useTranslation('console');
  const query = useRoute(routes.delivery.list);
  return (
    <Page title={t('shop.deliveries.title')} lead={t('shop.deliveries.lead')}>
      <Loaded query={query}>
        {({ items, volunteers }) => (
          <>
            {items.length === 0 ? (
              <EmptyState title={t('shop.deliveries.empty')}>
                <p>{t('shop.deliveries.emptyBody')}</p>
              </EmptyState>
            ) : (
              items.map((one) => <DeliveryCard key={one.orderId} one={one} />)
            )}
            <Volunteers items={volunteers} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function DeliveryCard({ one }: { one: Delivery }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const mayAct = holds(session, 'sale.act');
  return (
    <section className="panel">
      <div className="row-between">
        <h2>
          {one.number} · {one.placeName}
        </h2>
        <State tone={tones[one.state]}>{t(`shop.deliveries.states.${one.state}`)}</State>
      </div>
      <p>{one.goods.join('，')}</p>
      <p className="soft">
        {one.carrierName && `${t('shop.deliveries.carrier', { name: one.carrierName })} · `}
        {t('shop.deliveries.since')} <DateText at={one.openedAt} />
        {one.dueAt && (
          <>
            {' · '}
            {t('shop.deliveries.due')} <DateText at={one.dueAt} />
          </>
        )}
      </p>
      {one.to && (
        <p>
          <strong>{t('shop.deliveries.to', one.to)}</strong>
        </p>
      )}
      {mayAct && <Acts one={one} />}
    </section>
  );
}

/** What the station can do: bring it itself, hand over what it brings, or take it off who does not come. */
function Acts({ one }: { one: Delivery }) {
  const { t } = useTranslation('console');
  const [asking, setAsking] = useState<'hand' | 'give_up'>();
  const take = useSend(routes.delivery.takeAtStation);
  const params = { orderId: one.orderId };
  const isUnderWay = one.state === 'taken' || one.state === 'fetched';
  return (
    <>
      {take.refusal && <RefusalNotice refusal={take.refusal} />}
      <p className="row">
        {one.state === 'open' && (
          <Button busy={take.busy} onPress={() => take.run({ params })}>
            {t('shop.deliveries.take')}
          </Button>
        )}
        {one.to && (
          <Button kind="primary" onPress={() => setAsking('hand')}>
            {t('shop.deliveries.hand')}
          </Button>
        )}
        {isUnderWay && (
          <Button onPress={() => setAsking('give_up')}>{t('shop.deliveries.giveUp')}</Button>
        )}
      </p>
      {asking === 'hand' && <Hand one={one} onClose={() => setAsking(undefined)} />}
      {asking === 'give_up' && <GiveUp one={one} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function Hand({ one, onClose }: { one: Delivery; onClose: () => void }) {
  const { t } = useTranslation('console');
  const [code, setCode] = useState('');
  const [proxy, setProxy] = useState('');
  const hand = useSend(routes.delivery.handAtStation);
  const input = { params: { orderId: one.orderId }, body: { code, proxy } };
  const said = () => {
    say(t('shop.deliveries.handed', { number: one.number }));
    onClose();
  };
  return (
    <Dialog title={t('shop.deliveries.hand')} open onClose={onClose}>
      <Form onSend={() => hand.run(input, said)} call={hand}>
        <CodeField name="code" label={t('shop.deliveries.code')} value={code} onChange={setCode} />
        <TextField
          name="proxy"
          label={t('shop.deliveries.proxy')}
          value={proxy}
          onChange={setProxy}
          optional
        />
        <Button type="submit" kind="primary" busy={hand.busy}>
          {t('shop.deliveries.hand')}
        </Button>
      </Form>
    </Dialog>
  );
}

function GiveUp({ one, onClose }: { one: Delivery; onClose: () => void }) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const giveUp = useSend(routes.delivery.giveUpAtStation);
  const input = { params: { orderId: one.orderId }, body: { reason } };
  return (
    <Dialog title={t('shop.deliveries.giveUp')} open onClose={onClose}>
      <Form onSend={() => giveUp.run(input, onClose)} call={giveUp}>
        <TextField
          name="reason"
          label={t('shop.deliveries.reason')}
          value={reason}
          onChange={setReason}
        />
        <Button type="submit" kind="primary" busy={giveUp.busy}>
          {t('shop.deliveries.giveUp')}
        </Button>
      </Form>
    </Dialog>
  );
}

function Volunteers({ items }: { items: readonly Volunteer[] }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const mayAct = holds(session, 'sale.act');
  const decide = useSend(routes.delivery.decide);
  return (
    <section>
      <h2>{t('shop.deliveries.volunteers')}</h2>
      <p className="soft">{t('shop.deliveries.volunteersLead')}</p>
      {decide.refusal && <RefusalNotice refusal={decide.refusal} />}
      {items.length === 0 && <p>{t('shop.deliveries.volunteersNone')}</p>}
      {items.map((one) => {
        const accept = one.state === 'asked';
        return (
          <p key={`${one.accountId}:${one.area.code}`} className="row-between">
            <span>
              {one.name} · {one.area.name} ·{' '}
              {accept
                ? t('shop.deliveries.asked')
                : t('shop.deliveries.brought', { count: one.brought })}
            </span>
            {mayAct && (
              <Button
                busy={decide.busy}
                label={`${t(accept ? 'shop.deliveries.accept' : 'shop.deliveries.end')} ${one.name}`}
                onPress={() =>
                  decide.run({
                    params: { accountId: one.accountId },
                    body: { areaCode: one.area.code, accept },
                  })
                }
              >
                {t(accept ? 'shop.deliveries.accept' : 'shop.deliveries.end')}
              </Button>
            )}
          </p>
        );
      })}
    </section>
  );
}
