import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Bars } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { DateField, Form, say, TextField, YuanField } from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';
import type { CharitySale } from './charity-sale.tsx';

/** What it brought, how buyers paid, and noting that all of it arrived. */
export function MoneyPart({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  if (sale.state !== 'open' && sale.state !== 'closed') return null;
  const { proceeds } = sale;
  const maySettle =
    sale.state === 'closed' &&
    proceeds.settled === null &&
    proceeds.proceedsFen > 0 &&
    holds(session, 'settlement.write');
  const rows = [
    ['gross', proceeds.grossFen, 'calm'],
    ['refunded', proceeds.refundedFen, 'late'],
    ['net', proceeds.proceedsFen, 'accent'],
    ['arrived', proceeds.settled?.netFen ?? 0, 'done'],
  ] as const;
  const labels = { target: sale.target.name };
  return (
    <section className="stack-tight" aria-labelledby="charity-money">
      <h2 id="charity-money">{t('charity.money.title')}</h2>
      <Bars
        label={t('charity.money.title')}
        headings={[t('charity.money.title'), t('charity.proceeds')]}
        bars={rows.map(([key, fen, tone]) => ({
          key,
          label: t(`charity.money.${key}`, labels),
          value: fen,
          words: formatYuan(fen),
          tone,
        }))}
      />
      <Means sale={sale} />
      <Receipts sale={sale} />
      {maySettle && (sale.maySettle ? <Settle sale={sale} /> : <p>{t('charity.money.notYou')}</p>)}
    </section>
  );
}

function Means({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  if (sale.means.length === 0) return <p className="soft">{t('charity.money.none')}</p>;
  return (
    <>
      <h3>{t('charity.money.means')}</h3>
      {sale.proceeds.settled === null && <p className="soft">{t('charity.money.meansLead')}</p>}
      <Bars
        label={t('charity.money.means')}
        headings={[t('charity.money.means'), t('charity.proceeds')]}
        bars={sale.means.map((one) => ({
          key: `${one.placeName} ${one.means}`,
          label: `${one.placeName} · ${t(`charity.money.meansOf.${one.means}`)}`,
          value: one.amountFen,
          words: formatYuan(one.amountFen),
          tone: 'calm',
        }))}
      />
    </>
  );
}

/** The parts in which its money came, where there is more than one. */
function Receipts({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  if (sale.receipts.length === 0 || (sale.proceeds.settled && sale.receipts.length === 1))
    return null;
  return (
    <ul>
      {sale.receipts.map((one) => (
        <li key={one.bankReference}>
          {t('charity.money.receipt', { ...one, amount: formatYuan(one.amountFen) })}
        </li>
      ))}
    </ul>
  );
}

function Settle({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const [value, setValue] = useState({ bankReference: '', paidOn: '', amountYuan: '' });
  const missingFen = sale.proceeds.proceedsFen - sale.receivedFen;
  const { amountYuan, ...rest } = value;
  const body = { ...rest, ...(amountYuan.trim() && { amountYuan }) };
  const settle = useSend(routes.charitySale.settle);
  return (
    <section className="panel stack-tight" aria-labelledby="charity-settle">
      <h3 id="charity-settle">{t('charity.money.settle')}</h3>
      <p>
        {t('charity.money.settleLead', {
          amount: formatYuan(missingFen),
          target: sale.target.name,
        })}
      </p>
      <Form
        scope="settle"
        call={settle}
        onSend={() =>
          settle.run({ params: { saleId: sale.id }, body }, ({ proceeds }) => {
            say(t(proceeds.settled ? 'charity.money.settled' : 'charity.money.partNoted'));
            setValue({ bankReference: '', paidOn: '', amountYuan: '' });
          })
        }
        send={t('charity.money.settle')}
      >
        <div className="field-row">
          <TextField
            name="bankReference"
            label={t('charity.money.reference')}
            value={value.bankReference}
            onChange={(bankReference) => setValue((now) => ({ ...now, bankReference }))}
          />
          <YuanField
            name="amountYuan"
            label={t('charity.money.part')}
            hint={t('charity.money.partHint', { amount: formatYuan(missingFen) })}
            value={amountYuan}
            onChange={(typed) => setValue((now) => ({ ...now, amountYuan: typed }))}
            optional
          />
          <DateField
            name="paidOn"
            label={t('charity.money.paidOn')}
            value={value.paidOn}
            onChange={(paidOn) => setValue((now) => ({ ...now, paidOn }))}
          />
        </div>
      </Form>
    </section>
  );
}
