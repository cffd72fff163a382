import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useList } from '../../../shared/api/query.ts';
import { useDistrict } from '../../../shared/session/district.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Button,
  DateField,
  DateText,
  Dialog,
  EmptyState,
  Facts,
  Form,
  Money,
  monthWords,
  Page,
  RefusalNotice,
  say,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';
import { SellerMoney } from './seller-money.tsx';

type Settlement = RouteOutput<typeof routes.settlement.list>['items'][number];

/** Settled months by merchant: what each pays, what it is paid for vouchers, and the month to close next. */
export function SettlementsPage() {
  const { t, i18n } = useTranslation('console');
  const { session } = useSession();
  const query = useList(routes.settlement.list);
  const freeze = useSend(routes.settlement.freeze);
  const month = query.first?.nextMonth ?? null;
  const named = (of: string) => monthWords(of, i18n.language);
  return (
    <Page
      title={t('shop.settlements.title')}
      lead={t('shop.settlements.lead')}
      aside={
        month !== null &&
        holds(session, 'settlement.write') && (
          <Button
            kind="primary"
            busy={freeze.busy}
            onPress={() =>
              freeze.run({ body: { month } }, ({ items }) =>
                say(t('shop.settlements.frozen', { month: named(month), count: items.length })),
              )
            }
          >
            {t('shop.settlements.freeze', { month: named(month) })}
          </Button>
        )
      }
    >
      {freeze.refusal && <RefusalNotice refusal={freeze.refusal} />}
      <SellerMoney />
      <Listed
        list={query}
        empty={
          <EmptyState title={t('shop.settlements.empty')}>
            <p>{t('shop.settlements.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => items.map((one) => <SettlementCard key={one.id} one={one} />)}
      </Listed>
    </Page>
  );
}

function SettlementCard({ one }: { one: Settlement }) {
  const { t, i18n } = useTranslation('console');
  const month = monthWords(one.month, i18n.language);
  return (
    <section className="panel" aria-label={`${month} ${one.merchantName}`}>
      <h2 className="row">
        {month} · {one.merchantName}
        <State tone={one.late ? 'late' : one.shareState === 'due' ? 'warned' : 'done'}>
          {one.late
            ? t('shop.settlements.late')
            : t(`shop.settlements.shareStates.${one.shareState}`)}
        </State>
      </h2>
      <Facts
        rows={[
          [t('shop.settlements.goods'), <Money fen={one.goodsFen} />],
          [t('shop.settlements.share'), <Money fen={one.shareFen} />],
          one.paidOn
            ? [t('shop.settlements.paidOn'), <DateText at={one.paidOn} />]
            : [t('shop.settlements.dueOn'), <DateText at={one.dueOn} />],
          [
            t('shop.settlements.voucher'),
            `${formatYuan(one.voucherFen)} · ${t(`shop.settlements.voucherStates.${one.voucherState}`)} ${one.proposalNumber ?? ''}`,
          ],
        ]}
      />
      <Places one={one} />
      <Acts one={one} />
    </section>
  );
}

function Places({ one }: { one: Settlement }) {
  const { t } = useTranslation('console');
  return (
    <div
      className="table-scroll"
      tabIndex={0}
      role="region"
      aria-label={`${one.number} ${t('shop.settlements.place')}`}
    >
      <table className="table table-stacks">
        <thead>
          <tr>
            <th>{t('shop.settlements.place')}</th>
            <th data-numeric>{t('shop.settlements.gross')}</th>
            <th data-numeric>{t('shop.settlements.returned')}</th>
            <th data-numeric>{t('shop.settlements.carried')}</th>
            <th data-numeric>{t('shop.settlements.net')}</th>
            <th>{t('shop.settlements.fund')}</th>
          </tr>
        </thead>
        <tbody>
          {one.places.map((place) => (
            <tr key={place.placeId}>
              <td>{place.placeName}</td>
              <td data-numeric data-label={t('shop.settlements.gross')}>
                {formatYuan(place.grossFen)}
              </td>
              <td data-numeric data-label={t('shop.settlements.returned')}>
                {formatYuan(place.returnedFen)}
              </td>
              <td data-numeric data-label={t('shop.settlements.carried')}>
                {formatYuan(place.carriedFen)}
              </td>
              <td data-numeric data-label={t('shop.settlements.net')}>
                {formatYuan(place.netFen)}
              </td>
              <td data-label={t('shop.settlements.fund')}>
                {place.fundName ?? t('shop.settlements.toBe')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Acts({ one }: { one: Settlement }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [paying, setPaying] = useState(false);
  const propose = useSend(routes.settlement.proposeVouchers);
  const mayWrite = holds(session, 'settlement.write');
  const notYou = one.mayPay ? undefined : t('shop.settlements.notYou');
  const params = { settlementId: one.id };
  return (
    <p className="row">
      {mayWrite && one.shareState === 'due' && (
        <Button kind="primary" refusedBecause={notYou} onPress={() => setPaying(true)}>
          {t('shop.settlements.pay')}
        </Button>
      )}
      {mayWrite && one.voucherState === 'open' && (
        <Button
          refusedBecause={notYou}
          busy={propose.busy}
          onPress={() => propose.run({ params }, () => say(t('shop.settlements.proposed')))}
        >
          {t('shop.settlements.propose')}
        </Button>
      )}
      <a
        className="button button-secondary"
        href={addressOf(routes.settlement.statement, { params })}
      >
        {t('shop.settlements.statement')}
      </a>
      {propose.refusal && <RefusalNotice refusal={propose.refusal} />}
      {paying && <PayDialog one={one} onClose={() => setPaying(false)} />}
    </p>
  );
}

function PayDialog({ one, onClose }: { one: Settlement; onClose: () => void }) {
  const { t } = useTranslation('console');
  const today = useDistrict()?.today ?? '';
  const [value, setValue] = useState({ bankReference: '', paidOn: today });
  const pay = useSend(routes.settlement.pay);
  const title = t('shop.settlements.payFor', {
    name: one.merchantName,
    amount: formatYuan(one.shareFen),
  });
  return (
    <Dialog title={title} open onClose={onClose}>
      <Form
        scope="settle"
        call={pay}
        onSend={() =>
          pay.run({ params: { settlementId: one.id }, body: value }, () => {
            say(t('shop.settlements.paid'));
            onClose();
          })
        }
      >
        <p>{t('shop.settlements.payHint')}</p>
        <TextField
          name="bankReference"
          label={t('shop.settlements.reference')}
          value={value.bankReference}
          onChange={(bankReference) => setValue((now) => ({ ...now, bankReference }))}
        />
        <DateField
          name="paidOn"
          label={t('shop.settlements.paidOn')}
          max={today}
          value={value.paidOn}
          onChange={(paidOn) => setValue((now) => ({ ...now, paidOn }))}
        />
        <Button type="submit" kind="primary" busy={pay.busy}>
          {t('shop.settlements.paySend')}
        </Button>
      </Form>
    </Dialog>
  );
}
