import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Button,
  ButtonLink,
  Card,
  DateText,
  dateWords,
  EmptyState,
  Loaded,
  Notice,
  Page,
  RefusalNotice,
  State,
} from '../../../shared/ui/index.ts';

type Own = RouteOutput<typeof routes.benefit.readMine>;

/** One's own vouchers and cards, those that can be used first. */
export function VouchersPage() {
  return <SessionGate signIn="/my/sign-in">{() => <Vouchers />}</SessionGate>;
}

function Vouchers() {
  const { t, i18n } = useTranslation('resident');
  const query = useRoute(routes.benefit.mine);
  return (
    <Page title={t('vouchers.title')} lead={<p>{t('vouchers.lead')}</p>}>
      <Loaded query={query}>
        {({ items }) => {
          const money = items.filter((one) => one.unit === 'fen');
          const sorted = [
            ...money.filter((one) => one.state === 'issued'),
            ...money.filter((one) => one.state !== 'issued'),
          ];
          if (sorted.length === 0)
            return (
              <EmptyState title={t('vouchers.none')}>
                <p>{t('vouchers.noneBody')}</p>
              </EmptyState>
            );
          return sorted.map((one) => (
            <Card key={one.id} as="article">
              <div className="row-between">
                <h2>{one.label}</h2>
                <State tone={one.state === 'issued' ? 'done' : 'quiet'}>
                  {t(`aid.cardState.${one.state}`)}
                </State>
              </div>
              <p className="soft">{t(`vouchers.kind.${one.kind}`)}</p>
              <p>
                {t('vouchers.left')}{' '}
                <strong className="voucher-left">{formatYuan(one.left)}</strong>
              </p>
              <p className="soft">
                {t('vouchers.until', { date: dateWords(one.expiresOn, i18n.language, false) })}
              </p>
              <ButtonLink
                kind={one.state === 'issued' ? 'primary' : 'secondary'}
                to="/my/vouchers/$entitlementId"
                params={{ entitlementId: one.id }}
              >
                {t(one.state === 'issued' ? 'vouchers.open' : 'vouchers.bought')}
              </ButtonLink>
            </Card>
          ));
        }}
      </Loaded>
      <p>
        <ButtonLink to="/my/aid">{t('vouchers.all')}</ButtonLink>
      </p>
      <p className="soft">{t('vouchers.paper')}</p>
    </Page>
  );
}

/** One voucher: its code that changes, what is left, what it bought. */
export function VoucherPage() {
  return <SessionGate signIn="/my/sign-in">{() => <Voucher />}</SessionGate>;
}

function Voucher() {
  const { t, i18n } = useTranslation('resident');
  const { entitlementId } = useParams({ from: '/my/vouchers/$entitlementId' });
  const query = useRoute(routes.benefit.readMine, { params: { entitlementId } });
  return (
    <Page title={query.data?.label ?? t('vouchers.title')}>
      <Loaded query={query}>
        {(own) => (
          <>
            <p className="voucher-figure">
              {t('vouchers.left')} <strong>{formatYuan(own.left)}</strong>
            </p>
            <p>{t('vouchers.until', { date: dateWords(own.expiresOn, i18n.language, false) })}</p>
            <Usable own={own} />
            <p>
              {own.paysFor.length > 0
                ? t('vouchers.paysFor', { goods: own.paysFor.join('、') })
                : t('vouchers.paysForAll')}
            </p>
            <Bought own={own} />
            <p className="soft">{t('vouchers.rules')}</p>
            <p>
              <ButtonLink to="/my/vouchers">{t('vouchers.back')}</ButtonLink>
            </p>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Usable({ own }: { own: Own }) {
  const { t, i18n } = useTranslation('resident');
  if (own.unit !== 'fen') return <p>{t('vouchers.hours')}</p>;
  if (own.state !== 'issued') return <p>{t('vouchers.over')}</p>;
  return (
    <>
      {own.held && (
        <Notice
          title={t(own.held.forOrder ? 'vouchers.inOrder' : 'vouchers.held', {
            place: own.held.place,
            since: dateWords(own.held.since, i18n.language),
          })}
        />
      )}
      <Code entitlementId={own.id} />
    </>
  );
}

/** The code, asked anew when its half minute is over; the seconds are counted here. */
function Code({ entitlementId }: { entitlementId: string }) {
  const { t } = useTranslation('resident');
  const query = useRouteWhen(true, routes.benefit.myCode, { params: { entitlementId } });
  const { data, dataUpdatedAt, refetch } = query;
  const [left, setLeft] = useState(data?.seconds ?? 0);
  useEffect(() => {
    if (!data) return;
    const tick = () => {
      const seconds = data.seconds - Math.floor((Date.now() - dataUpdatedAt) / 1_000);
      setLeft(Math.max(0, seconds));
      if (seconds <= 0) void refetch();
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [data, dataUpdatedAt, refetch]);
  if (query.error) return <RefusalNotice refusal={query.error} />;
  if (!data) return null;
  return (
    <section className="voucher-code" aria-labelledby="voucher-show">
      <h2 id="voucher-show">{t('vouchers.show')}</h2>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(data.qrSvg)}`}
        alt={t('vouchers.qr')}
        width={280}
        height={280}
      />
      <p className="number voucher-text">{data.text}</p>
      <p aria-hidden="true">{t('vouchers.changes', { seconds: left })}</p>
      <p className="soft">{t('vouchers.photo')}</p>
      <Button onPress={() => void refetch()}>{t('vouchers.again')}</Button>
    </section>
  );
}

function Bought({ own }: { own: Own }) {
  const { t } = useTranslation('resident');
  return (
    <section className="stack-tight" aria-labelledby="voucher-bought">
      <h2 id="voucher-bought">{t('vouchers.bought')}</h2>
      {own.uses.length === 0 && <p className="soft">{t('vouchers.boughtNone')}</p>}
      <ul className="stack-tight">
        {own.uses.map((use) => (
          <li key={use.id} className="row-between">
            <span>
              {use.goods.join('、')}
              <br />
              <span className="soft">
                {use.place} <DateText at={use.at} />
              </span>
              {use.givenBackFen > 0 && (
                <span className="soft">
                  {' '}
                  {t('vouchers.givenBack', { amount: formatYuan(use.givenBackFen) })}
                </span>
              )}
            </span>
            <strong className="number">{formatYuan(use.amountFen)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
