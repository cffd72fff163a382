import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { Button, Card, dateWords, Notice, RefusalNotice } from '../../../shared/ui/index.ts';
import { SellerPay } from '../parts/seller-pay.tsx';
import type { Group } from './group.tsx';
import type { OwnShare } from './progress.tsx';

/** Who waits is asked for so often. */
const LOOK_AGAIN_MILLIS = 4_000;

/** One's own part in a group: join, pay, wait, fetch, or what became of the money. */
export function JoinPart({ group }: { group: Group }) {
  const query = useRoute(routes.groupBuy.ticket, { params: { groupId: group.id } });
  const share = query.data?.share ?? null;
  // Who waits, or pays at WeChat, hears of it by looking again.
  const isWaiting = share?.state === 'waiting' || share?.isReal === true;
  const { refetch } = query;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => void refetch(), LOOK_AGAIN_MILLIS);
    return () => clearInterval(timer);
  }, [isWaiting, refetch]);
  if (!query.data) return null;
  if (!share) return <Join group={group} ticket={query.data.ticket} />;
  return <OwnPart group={group} share={share} />;
}

function Join({ group, ticket }: { group: Group; ticket: string }) {
  const { t } = useTranslation('groups');
  const [pieces, setPieces] = useState(1);
  const join = useCall(routes.groupBuy.join);
  const outcome = join.done?.outcome;
  if (outcome === 'sold_out' || group.paidPieces >= group.limitPieces)
    return (
      <Notice title={t('soldOutTitle')}>
        <p>{t('soldOutBody')}</p>
      </Notice>
    );
  if (group.state === 'failed') return null;
  if (group.state !== 'open' || outcome === 'closed')
    return (
      <Notice title={t('closedTitle')}>
        <p>{t('closedBody')}</p>
      </Notice>
    );
  const { unit, householdPieces } = group;
  return (
    <Card as="section" raised>
      {householdPieces > 1 && (
        <div className="stack-tight">
          <strong id="group-many">{t('howMany', { unit })}</strong>
          <div className="group-many" role="group" aria-labelledby="group-many">
            <Button label={t('less', { unit })} onPress={() => setPieces(Math.max(1, pieces - 1))}>
              −
            </Button>
            <output className="number">{pieces}</output>
            <Button
              label={t('more', { unit })}
              onPress={() => setPieces(Math.min(householdPieces, pieces + 1))}
            >
              ＋
            </Button>
          </div>
        </div>
      )}
      <Button
        kind="primary"
        wide
        busy={join.busy}
        onPress={() => void join.send({ body: { ticket, pieces } }).catch(() => undefined)}
      >
        {t('join', { amount: formatYuan(pieces * group.joiningFen) })}
      </Button>
      {outcome === 'already_joined' && <p>{t('otherOfHousehold')}</p>}
      {join.refusal && <RefusalNotice refusal={join.refusal} />}
    </Card>
  );
}

function OwnPart({ group, share }: { group: Group; share: OwnShare }) {
  const { t } = useTranslation('groups');
  const { unit } = group;
  if (share.state === 'held') return <Held group={group} share={share} />;
  if (share.state === 'waiting')
    return (
      <Notice title={t('waitingTitle', { ahead: share.ahead ?? 0 })}>
        <p>{t('waitingBody', { minutes: group.holdMinutes })}</p>
        <Leave share={share} label={t('leaveQueue')} />
      </Notice>
    );
  if (share.state === 'sold_out')
    return (
      <Notice title={t('soldOutTitle')}>
        <p>{t('soldOutBody')}</p>
      </Notice>
    );
  if (share.state === 'returning' || share.state === 'returned') {
    const amount = formatYuan(share.paidFen);
    const late = group.state === 'failed' ? '' : 'Late';
    return (
      <Notice title={t(`${share.state}${late}Title`, { amount })}>
        {share.state === 'returning' && (
          <p>{t(share.isBackRefused ? 'backRefused' : 'returningBody')}</p>
        )}
      </Notice>
    );
  }
  if (share.state === 'picked_up')
    return (
      <Notice tone="done" title={t('pickedUpTitle')}>
        <BackWords share={share} />
      </Notice>
    );
  return (
    <Card as="section" raised>
      <h2>{t('paidTitle', { amount: formatYuan(share.paidFen), count: share.pieces, unit })}</h2>
      <p>{t(paidWords(group))}</p>
      {share.state === 'chased' && <p>{t('chased')}</p>}
      <BackWords share={share} />
      {group.state !== 'open' && share.pickUpCode && share.pickUpQr && (
        <div className="group-code">
          <span>{t('code')}</span>
          <strong className="number">{share.pickUpCode}</strong>
          <img
            src={`data:image/svg+xml,${encodeURIComponent(share.pickUpQr)}`}
            alt={t('codeQr', { code: share.pickUpCode })}
          />
        </div>
      )}
    </Card>
  );
}

function paidWords(group: Group) {
  if (group.state === 'open') return 'paidOpen';
  return group.state === 'arrived' || group.state === 'done' ? 'paidArrived' : 'paidReached';
}

function BackWords({ share }: { share: OwnShare }) {
  const { t } = useTranslation('groups');
  if (share.backFen === 0) return null;
  return (
    <>
      <p>{t('back', { amount: formatYuan(share.backFen) })}</p>
      {share.isBackRefused && <p>{t('backRefused')}</p>}
    </>
  );
}

/** Pieces are held: pay in time, or let them go. */
function Held({ group, share }: { group: Group; share: OwnShare }) {
  const { t, i18n } = useTranslation('groups');
  const pay = useCall(routes.groupBuy.payInSandbox);
  const begin = useCall(routes.groupBuy.pay);
  const params = { shareId: share.id };
  const until = dateWords(share.heldUntil!, i18n.language, true);
  return (
    <Card as="section" raised>
      <h2>{t('heldTitle', { count: share.pieces, unit: group.unit })}</h2>
      {share.pieces < share.wanted && <p>{t('heldLess')}</p>}
      <p>{t('heldBody', { at: until })}</p>
      {share.isReal ? (
        <SellerPay
          amountFen={share.toPayFen}
          begin={(body) => begin.send({ params, body })}
          busy={begin.busy}
          refusal={begin.refusal}
        />
      ) : (
        <>
          <Button
            kind="primary"
            wide
            busy={pay.busy}
            onPress={() => void pay.send({ params }).catch(() => undefined)}
          >
            {t('pay', { amount: formatYuan(share.toPayFen) })}
          </Button>
          <p className="soft">{t('paySandbox')}</p>
          {pay.refusal && <RefusalNotice refusal={pay.refusal} />}
        </>
      )}
      <Leave share={share} label={t('leave')} />
    </Card>
  );
}

function Leave({ share, label }: { share: OwnShare; label: string }) {
  const leave = useCall(routes.groupBuy.leave);
  return (
    <>
      <Button
        kind="quiet"
        busy={leave.busy}
        onPress={() => void leave.send({ params: { shareId: share.id } }).catch(() => undefined)}
      >
        {label}
      </Button>
      {leave.refusal && <RefusalNotice refusal={leave.refusal} />}
    </>
  );
}
