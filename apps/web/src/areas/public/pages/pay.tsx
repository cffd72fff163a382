import { type RouteOutput, routes } from '@wennuan/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeQuery, useApi, useCall } from '../../../shared/api/query.ts';
import { callWechat, payScene } from '../../../shared/pay.ts';
import {
  Button,
  ButtonAnchor,
  ButtonLink,
  DateText,
  Money,
  Notice,
  Page,
  RefusalNotice,
  Skeleton,
} from '../../../shared/ui/index.ts';

type PayView = RouteOutput<typeof routes.payment.payPage>;

const POLL_MILLIS = 2_000;

/** Where a begun gift is paid: a code on a desk, one tap on a telephone; goes on by itself when it is paid. */
export function PayPage() {
  const { t } = useTranslation('public');
  const { token } = useParams({ from: '/public/gifts/$token/pay' });
  const navigate = useNavigate();
  const begin = useCall(routes.payment.payPage);
  const [view, setView] = useState<PayView | null>(null);
  const asked = useRef(false);
  const gift = useQuery({
    ...routeQuery(useApi(), routes.donation.readGift, { params: { token } }),
    refetchInterval: POLL_MILLIS,
  });
  const isPaid = gift.data?.state === 'received';
  useEffect(() => {
    if (isPaid) void navigate({ to: '/gifts/$token', params: { token }, replace: true });
  }, [isPaid, navigate, token]);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    const payerCode = new URLSearchParams(window.location.search).get('code') ?? undefined;
    begin
      .send({ params: { token }, body: { scene: payScene(), ...(payerCode && { payerCode }) } })
      .then(setView, () => undefined);
  }, [begin, token]);
  return (
    <Page title={t('pay.title')} description={t('pay.description')}>
      {begin.refusal && (
        <>
          <RefusalNotice refusal={begin.refusal} />
          <p>
            <Button onPress={() => window.location.reload()}>{t('pay.tryAgain')}</Button>
          </p>
        </>
      )}
      {!view && !begin.refusal && <Skeleton lines={6} />}
      {view && <Paying view={view} token={token} />}
    </Page>
  );
}

function Paying({ view, token }: { view: PayView; token: string }) {
  const { t } = useTranslation('public');
  useEffect(() => {
    if (view.payerUrl) window.location.replace(view.payerUrl);
  }, [view.payerUrl]);
  if (view.isOver)
    return (
      <Notice tone={view.state === 'received' ? 'done' : 'warned'}>
        <p>{t(view.state === 'received' ? 'pay.paid' : 'pay.over')}</p>
        <p>
          <ButtonLink kind="primary" to="/gifts/$token" params={{ token }}>
            {t('pay.toGift')}
          </ButtonLink>
        </p>
      </Notice>
    );
  return (
    <div className="stack pay">
      <p className="pay-what">
        {view.label}
        <strong className="gift-amount">
          <Money fen={view.amountFen} />
        </strong>
      </p>
      <Step view={view} />
      <p className="soft" role="status">
        {t('pay.waits')} {t('pay.until')} <DateText at={view.expiresAt} />
      </p>
      <AskNow token={token} />
    </div>
  );
}

/** The one thing to do next, as the channel wants it. */
function Step({ view }: { view: PayView }) {
  const { t } = useTranslation('public');
  if (view.qrSvg)
    return (
      <figure className="pay-code">
        <img
          src={`data:image/svg+xml,${encodeURIComponent(view.qrSvg)}`}
          alt={t('pay.codeAlt', { channel: view.channelName })}
        />
        <figcaption>
          {t('pay.scan', { channel: view.channelName })}
          {view.sandboxPath && <span className="soft small"> {t('pay.sandboxLead')}</span>}
        </figcaption>
        {view.sandboxPath && (
          <ButtonAnchor kind="primary" href={view.sandboxPath}>
            {t('pay.sandbox')}
          </ButtonAnchor>
        )}
      </figure>
    );
  if (view.call)
    return (
      <Button kind="primary" wide onPress={() => callWechat(view.call!)}>
        {t('pay.go', { channel: view.channelName })}
      </Button>
    );
  if (view.redirectUrl)
    return (
      <ButtonAnchor kind="primary" wide href={view.redirectUrl}>
        {t('pay.go', { channel: view.channelName })}
      </ButtonAnchor>
    );
  return <Skeleton lines={2} />;
}

function AskNow({ token }: { token: string }) {
  const { t } = useTranslation('public');
  const ask = useCall(routes.payment.askOwnPayment);
  return (
    <div className="stack-tight">
      <p>
        <Button
          busy={ask.busy}
          onPress={() => void ask.send({ params: { token } }).catch(() => undefined)}
        >
          {t('pay.ask')}
        </Button>
      </p>
      {ask.done && <p className="soft">{t('pay.asked')}</p>}
      {ask.refusal && <RefusalNotice refusal={ask.refusal} />}
    </div>
  );
}
