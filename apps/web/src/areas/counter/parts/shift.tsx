import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  Facts,
  Form,
  Loaded,
  Notice,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { tillStore, type TillState } from '../till/store.ts';
import { timeWords } from './words.ts';

type Report = RouteOutput<typeof routes.counter.shift>;

/** The day begins with what lies in the drawer; or with practice. */
export function OpenShift({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const [floatYuan, setFloat] = useState('');
  const open = useCall(routes.counter.openShift);
  const tillId = till.snapshot!.data.till.id;
  const send = async () => {
    const shift = await open.send({ params: { tillId }, body: { floatYuan } }).catch(() => null);
    if (shift) await tillStore.refresh();
  };
  return (
    <section className="till-narrow">
      <h2>{t('shift.title')}</h2>
      <p>{t('shift.lead')}</p>
      {!till.online && <p className="till-warning">{t('shift.offline')}</p>}
      <Form onSend={() => void send()} call={open}>
        <TextField
          name="floatYuan"
          label={t('shift.float')}
          inputMode="decimal"
          value={floatYuan}
          onChange={setFloat}
          short
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={open.busy}>
            {t('shift.open')}
          </Button>
          <Button onPress={() => tillStore.setPractice(true)}>{t('shift.practice')}</Button>
          <Button kind="quiet" onPress={() => void tillStore.leave()}>
            {t('shift.leave')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

/** The shift so far, and its end: what was counted beside what was rung up. */
export function ShiftReport({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const tillId = till.snapshot!.data.till.id;
  const query = useRoute(routes.counter.shift, { params: { tillId } });
  const [closed, setClosed] = useState<Report | null>(null);
  if (closed)
    return (
      <section className="till-left">
        <Notice title={t('shift.closed')}>
          <p>{t('shift.closedBody')}</p>
        </Notice>
        <Sums report={closed} />
        <Button kind="primary" onPress={() => void tillStore.refresh()}>
          {t('pay.back')}
        </Button>
      </section>
    );
  if (!till.online) return <p className="till-warning">{t('shift.offline')}</p>;
  return (
    <section className="till-left">
      <h2>{t('shift.now')}</h2>
      <Loaded query={query}>
        {(report) => (
          <>
            <p>{t('shift.of', { name: report.cashier, time: timeWords(report.openedAt) })}</p>
            <p>
              {t('shift.sales', {
                count: report.sales,
                offline: report.offline,
                refunds: report.refunds,
              })}
            </p>
            <Sums report={report} />
            <Refused report={report} />
            {till.journal.length > 0 ? (
              <p className="till-warning">{t('shift.waiting', { count: till.journal.length })}</p>
            ) : (
              <CloseShift tillId={tillId} onClosed={setClosed} />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Sums({ report }: { report: Report }) {
  const { t } = useTranslation('counter');
  return (
    <>
      <Facts
        rows={[
          [t('shift.goods'), formatYuan(report.goodsFen - report.charityFen)],
          ...(report.charityFen === 0
            ? []
            : ([[t('shift.charity'), formatYuan(report.charityFen)]] as const)),
          [t('shift.share'), formatYuan(report.shareFen)],
        ]}
      />
      <div className="table-frame">
        <table className="till-lines">
          <thead>
            <tr>
              <th scope="col">{t('shift.means')}</th>
              <th scope="col">{t('shift.expected')}</th>
              {report.closedAt && <th scope="col">{t('shift.counted')}</th>}
              {report.closedAt && <th scope="col">{t('shift.difference')}</th>}
            </tr>
          </thead>
          <tbody>
            {report.sums.map((sum) => (
              <tr key={sum.means}>
                <th scope="row">{t(`means.${sum.means}`)}</th>
                <td data-label={t('shift.expected')}>{formatYuan(sum.expectedFen)}</td>
                {report.closedAt && (
                  <>
                    <td data-label={t('shift.counted')}>{formatYuan(sum.countedFen ?? 0)}</td>
                    <td data-label={t('shift.difference')}>
                      {formatYuan((sum.countedFen ?? 0) - sum.expectedFen)}
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Refused({ report }: { report: Report }) {
  const { t } = useTranslation('counter');
  if (report.refused.length === 0) return null;
  return (
    <section role="alert">
      <h3>{t('shift.refused')}</h3>
      <ul>
        {report.refused.map((one) => (
          <li key={one.key}>
            {timeWords(one.at)} {formatYuan(one.amountFen)}：{one.sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}

function CloseShift({ tillId, onClosed }: { tillId: string; onClosed: (report: Report) => void }) {
  const { t } = useTranslation('counter');
  const [cash, setCash] = useState('');
  const [wechat, setWechat] = useState('');
  const [note, setNote] = useState('');
  const close = useCall(routes.counter.closeShift);
  const send = async () => {
    const counted = [
      { means: 'cash' as const, yuan: cash },
      ...(wechat ? [{ means: 'wechat' as const, yuan: wechat }] : []),
    ];
    const report = await close
      .send({ params: { tillId }, body: { counted, note } })
      .catch(() => null);
    if (report) onClosed(report);
  };
  return (
    <Form onSend={() => void send()} call={close} scope="close">
      <TextField
        name="counted.cash"
        label={`${t('means.cash')} ${t('shift.counted')}`}
        inputMode="decimal"
        value={cash}
        onChange={setCash}
        short
      />
      <TextField
        name="counted.wechat"
        label={`${t('means.wechat')} ${t('shift.counted')}`}
        inputMode="decimal"
        value={wechat}
        onChange={setWechat}
        short
        optional
      />
      <TextArea
        name="note"
        label={t('shift.note')}
        hint={t('shift.noteHint')}
        value={note}
        onChange={setNote}
        rows={2}
        optional
      />
      <Button type="submit" kind="primary" busy={close.busy}>
        {t('shift.close')}
      </Button>
    </Form>
  );
}
