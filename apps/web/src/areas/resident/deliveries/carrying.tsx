import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import {
  Button,
  ButtonAnchor,
  Card,
  CodeField,
  dateWords,
  Dialog,
  Form,
  say,
  State,
  TextField,
} from '../../../shared/ui/index.ts';

type Delivery = RouteOutput<typeof routes.delivery.mine>['carrying'][number];

/** One order in my hands: first the code for the station, then the door. */
export function Carrying({ one }: { one: Delivery }) {
  const { t, i18n } = useTranslation('deliveries');
  const [isGivingUp, setGivingUp] = useState(false);
  return (
    <Card as="article" raised>
      <State tone="running">{t(`states.${one.state}`)}</State>
      <h3>{one.goods.join('，')}</h3>
      <p>{t('from', { place: one.placeName, area: one.area.name })}</p>
      {one.dueAt && (
        <p className="soft">{t('due', { time: dateWords(one.dueAt, i18n.language) })}</p>
      )}
      {one.fetchCode && (
        <>
          <p>{t('fetchCode')}</p>
          <p className="mall-code">{one.fetchCode}</p>
        </>
      )}
      {one.to && <Door one={one} to={one.to} />}
      <p>
        <Button onPress={() => setGivingUp(true)}>{t('giveUp')}</Button>
      </p>
      {isGivingUp && <GiveUp one={one} onClose={() => setGivingUp(false)} />}
    </Card>
  );
}

/** Where to, a call, and handing it over: with her digits, or to somebody for her. */
function Door({ one, to }: { one: Delivery; to: NonNullable<Delivery['to']> }) {
  const { t } = useTranslation('deliveries');
  const [code, setCode] = useState('');
  const [proxy, setProxy] = useState('');
  const hand = useCall(routes.delivery.hand);
  const send = () =>
    void hand
      .send({ params: { orderId: one.orderId }, body: { code: code.replace(/\s/g, ''), proxy } })
      .then(() => say(t('handed')))
      .catch(() => undefined);
  return (
    <>
      <p>{t('to')}</p>
      <p>
        <strong>{to.address}</strong>
        {to.note && <span className="soft"> {to.note}</span>}
      </p>
      <p>
        <ButtonAnchor href={`tel:${to.telephone}`}>
          {t('call', { telephone: to.telephone })}
        </ButtonAnchor>
      </p>
      <Form onSend={send} call={hand} scope={one.orderId}>
        <CodeField name="code" label={t('code')} value={code} onChange={setCode} />
        <TextField
          name="proxy"
          label={t('proxy')}
          hint={t('proxyHint')}
          value={proxy}
          onChange={setProxy}
          optional
        />
        <Button type="submit" kind="primary" wide busy={hand.busy}>
          {t('handSend')}
        </Button>
      </Form>
    </>
  );
}

function GiveUp({ one, onClose }: { one: Delivery; onClose: () => void }) {
  const { t } = useTranslation('deliveries');
  const [reason, setReason] = useState('');
  const giveUp = useCall(routes.delivery.giveUp);
  const send = () =>
    void giveUp
      .send({ params: { orderId: one.orderId }, body: { reason } })
      .then(onClose)
      .catch(() => undefined);
  return (
    <Dialog title={t('giveUp')} open onClose={onClose}>
      <Form onSend={send} call={giveUp}>
        {one.state === 'fetched' && <p>{t('giveUpFetched')}</p>}
        <TextField name="reason" label={t('giveUpReason')} value={reason} onChange={setReason} />
        <p className="form-actions">
          <Button type="submit" kind="primary" busy={giveUp.busy}>
            {t('giveUpSend')}
          </Button>
          <Button onPress={onClose}>{t('keep')}</Button>
        </p>
      </Form>
    </Dialog>
  );
}
