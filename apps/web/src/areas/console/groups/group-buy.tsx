import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { PrintButton, PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  DateText,
  dateWords,
  Dialog,
  Facts,
  Form,
  Loaded,
  Notice,
  Page,
  say,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';
import { groupTones, Progress } from './group-buys.tsx';
import { PickUpForm } from './pick-up-form.tsx';
import { RefusedRefunds } from './refused-refunds.tsx';
import { ShareRows } from './share-rows.tsx';

export type GroupRecord = RouteOutput<typeof routes.groupBuy.read>;

/** A group-buy as its station works with it: how far, what to do now, who fetches what. */
export function GroupBuyPage() {
  const { groupId } = useParams({ from: '/desk/group-buys/$groupId' });
  const { t } = useTranslation('console');
  const query = useRoute(routes.groupBuy.read, { params: { groupId } });
  return (
    <Page title={query.data?.title ?? t('groupBuys.title')} width="wide">
      <Loaded query={query} lines={8}>
        {(group) => <Record group={group} />}
      </Loaded>
    </Page>
  );
}

function Record({ group }: { group: GroupRecord }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const { heldPieces: held, waiting, unit } = group;
  return (
    <>
      <p className="row">
        <State tone={groupTones[group.state]}>{t(`groupBuys.states.${group.state}`)}</State>
        <span className="number">{group.number}</span>
        <Progress row={group} />
        {group.state === 'open' && held + waiting > 0 && (
          <span className="soft">{t('groupBuys.waits', { held, unit, waiting })}</span>
        )}
      </p>
      {group.refundsUnderWay + group.refundsDone > 0 && (
        <Notice
          tone={group.refundsUnderWay > 0 ? 'running' : 'done'}
          title={t('groupBuys.refunds')}
        >
          <p>
            {t('groupBuys.refundsLead', {
              underWay: group.refundsUnderWay,
              done: group.refundsDone,
            })}
          </p>
        </Notice>
      )}
      <RefusedRefunds items={group.refused} />
      {holds(session, 'sale.act') && <Acts group={group} />}
      <RecordFacts group={group} />
      <section className="stack-tight" aria-labelledby="group-shares">
        <div className="row-between">
          <h2 id="group-shares">
            {t(group.state === 'failed' ? 'groupBuys.joined' : 'groupBuys.shares')}
          </h2>
          {group.state !== 'failed' && group.shares.length > 0 && <PrintList group={group} />}
        </div>
        <ShareRows group={group} />
      </section>
      {group.state === 'open' && (
        <section className="panel" aria-labelledby="group-share">
          <h2 id="group-share">{t('groupBuys.share')}</h2>
          <img
            className="qr"
            src={`data:image/svg+xml,${encodeURIComponent(group.shareQr)}`}
            alt={t('groupBuys.shareQr')}
          />
          <p>{group.shareLink}</p>
        </section>
      )}
    </>
  );
}

function RecordFacts({ group }: { group: GroupRecord }) {
  const { t } = useTranslation('console');
  const { minimumPieces: minimum, limitPieces: limit, unit } = group;
  const isDecided = group.state !== 'open' && group.state !== 'failed';
  const reason =
    group.endReason === 'too_few' ? t('groupBuys.facts.tooFew') : (group.endReason ?? '');
  return (
    <Facts
      rows={[
        [t('groupBuys.facts.code'), group.code],
        [
          t(isDecided ? 'groupBuys.facts.finalPrice' : 'groupBuys.facts.price'),
          `${formatYuan(group.priceFen)} / ${unit}`,
        ],
        [t('groupBuys.facts.minimum'), t('groupBuys.facts.minimumOf', { minimum, limit, unit })],
        [t('groupBuys.closes'), <DateText at={group.closesAt} />],
        [t('groupBuys.facts.merchant'), group.merchantName],
        ...(group.state === 'failed' ? [] : pickUpFacts(t, group)),
        ...(group.orderReference
          ? [[t('groupBuys.facts.order'), group.orderReference] as const]
          : []),
        ...(reason ? [[t('groupBuys.facts.why'), reason] as const] : []),
      ]}
    />
  );
}

/** When it is fetched, and what the merchant gives of it: of one that failed, nothing. */
function pickUpFacts(t: TFunction<'console'>, group: GroupRecord) {
  const { pickUpOn, pickUpHours, placeName, promiseFen, unit } = group;
  const when = (
    <>
      <DateText at={pickUpOn} /> {pickUpHours}，{placeName}
    </>
  );
  const promise = t('groupBuys.facts.promiseOf', { amount: formatYuan(promiseFen), unit });
  return [
    [t('groupBuys.pickUp'), when],
    [t('groupBuys.facts.promise'), promise],
  ] as const;
}

/** What can be done with it now, and only that. */
function Acts({ group }: { group: GroupRecord }) {
  const { t } = useTranslation('console');
  const [asking, setAsking] = useState<'order' | 'callOff' | null>(null);
  const arrive = useSend(routes.groupBuy.arrive);
  const chase = useSend(routes.groupBuy.chase);
  const params = { groupId: group.id };
  if (group.state === 'failed' || group.state === 'done') return null;
  if (group.state === 'arrived')
    return (
      <>
        <PickUpForm />
        <div className="form-actions">
          <Button
            busy={chase.busy}
            onPress={() =>
              chase.run({ params }, ({ reminded }) =>
                say(t('groupBuys.chaseDone', { count: reminded })),
              )
            }
          >
            {t('groupBuys.chase')}
          </Button>
        </div>
      </>
    );
  return (
    <section className="panel" aria-labelledby="group-next">
      <h2 id="group-next">{t('groupBuys.next')}</h2>
      <div className="form-actions">
        {group.state === 'reached' && (
          <Button kind="primary" onPress={() => setAsking('order')}>
            {t('groupBuys.order')}
          </Button>
        )}
        {group.state === 'ordered' && (
          <Button
            kind="primary"
            busy={arrive.busy}
            onPress={() => arrive.run({ params }, () => say(t('groupBuys.arriveDone')))}
          >
            {t('groupBuys.arrive')}
          </Button>
        )}
        {group.state === 'open' && (
          <Button kind="danger" onPress={() => setAsking('callOff')}>
            {t('groupBuys.callOff')}
          </Button>
        )}
      </div>
      {asking && <Ask what={asking} groupId={group.id} onClose={() => setAsking(null)} />}
    </section>
  );
}

interface AskProps {
  what: 'order' | 'callOff';
  groupId: string;
  onClose: () => void;
}

/** One line of text that an act needs: the order's number, or why it is called off. */
function Ask({ what, groupId, onClose }: AskProps) {
  const { t } = useTranslation('console');
  const [text, setText] = useState('');
  const order = useSend(routes.groupBuy.order);
  const callOff = useSend(routes.groupBuy.callOff);
  const isOrder = what === 'order';
  const sending = isOrder ? order : callOff;
  const params = { groupId };
  const done = () => {
    say(t(isOrder ? 'groupBuys.orderDone' : 'groupBuys.callOffDone'));
    onClose();
  };
  const send = () =>
    isOrder
      ? order.run({ params, body: { reference: text } }, done)
      : callOff.run({ params, body: { reason: text } }, done);
  return (
    <Dialog title={t(`groupBuys.${what}`)} open onClose={onClose}>
      <Form
        onSend={send}
        call={sending}
        send={t(`groupBuys.${what}`)}
        kind={isOrder ? 'primary' : 'danger'}
      >
        {!isOrder && <p>{t('groupBuys.callOffWarn')}</p>}
        <TextField
          name={isOrder ? 'reference' : 'reason'}
          label={t(isOrder ? 'groupBuys.orderReference' : 'groupBuys.callOffReason')}
          value={text}
          onChange={setText}
        />
      </Form>
    </Dialog>
  );
}

function PrintList({ group }: { group: GroupRecord }) {
  const { t, i18n } = useTranslation('console');
  const { pickUpHours: hours, placeName: place } = group;
  return (
    <PrintButton
      label={t('groupBuys.print')}
      sheet={
        <PrintSheet title={group.title} number={group.number}>
          <p>
            {t('groupBuys.printLead', {
              day: dateWords(group.pickUpOn, i18n.language, false),
              hours,
              place,
            })}
          </p>
          <ShareRows group={group} />
        </PrintSheet>
      }
    />
  );
}
