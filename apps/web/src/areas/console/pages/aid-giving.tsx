import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useRouteWhen } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Button,
  EmptyState,
  Facts,
  Form,
  Page,
  RefusalNotice,
  say,
  Select,
  State,
} from '../../../shared/ui/index.ts';
import { WaitingParts } from '../aid/part-acts.tsx';
import { Vouchers } from '../aid/vouchers.tsx';
import { useAmountWords } from '../parts/aid-words.tsx';
import { useSend } from '../parts/send.ts';

type Delivery = RouteOutput<typeof routes.award.deliveries>['items'][number];

/** What is due and what keeps it, what somebody has to do, and what nobody has said came. */
export function AidGivingPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const query = useList(routes.award.deliveries);
  const works = holds(session, 'award.visit');
  return (
    <Page title={t('aid.giving.title')} lead={t('aid.giving.lead')} width="wide">
      {works && <WaitingParts kind="to_do" />}
      {works && <WaitingParts kind="unconfirmed" />}
      <Listed
        list={query}
        empty={
          <EmptyState title={t('aid.giving.emptyTitle')}>
            <p>{t('aid.giving.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <div className="panels">
            {items.map((one) => (
              <ProgrammePanel key={one.programme.code} row={one} />
            ))}
          </div>
        )}
      </Listed>
      {!works && <WaitingParts kind="unconfirmed" />}
      {holds(session, 'award.act') && <Vouchers />}
    </Page>
  );
}

function ProgrammePanel({ row }: { row: Delivery }) {
  const { t } = useTranslation('console');
  const amountWords = useAmountWords();
  const pay = useSend(routes.award.payOut);
  const { programme } = row;
  const count = (value: number) => t('aid.giving.count', { count: value });
  const total = row.due + row.sent + row.delivered + row.confirmed;
  const share = t('aid.giving.share', { confirmed: row.confirmed, total });
  return (
    <section className="panel">
      <h2>{programme.name}</h2>
      {total === 0 ? (
        <p className="soft">{t('aid.giving.noneDue')}</p>
      ) : (
        <p className="row">
          <progress max={total} value={row.confirmed} aria-label={share} />
          <span className="number">{share}</span>
        </p>
      )}
      <Facts
        rows={[
          [t('aid.round.delivery'), t(`aid.delivery.${programme.delivery}`)],
          ...(row.due > 0
            ? [
                [
                  t('aid.giving.due'),
                  `${count(row.due)} · ${amountWords(row.dueAmount, programme.unit)}`,
                ] as const,
              ]
            : []),
          ...(row.sent > 0 ? [[t('aid.giving.sent'), count(row.sent)] as const] : []),
          ...(row.delivered > 0
            ? [[t('aid.giving.delivered'), count(row.delivered)] as const]
            : []),
          ...(row.fund?.name ? [[t('aid.giving.fund'), row.fund.name] as const] : []),
          ...(row.waits
            ? [
                [
                  t('aid.giving.waits'),
                  <State tone="late">{t(`aid.waits.${row.waits}`)}</State>,
                ] as const,
              ]
            : []),
        ]}
      />
      {row.fund && !row.fund.name && <NameFund word={row.fund.word} scope={programme.code} />}
      {pay.refusal && <RefusalNotice refusal={pay.refusal} />}
      {row.mayPay && (
        <div className="form-actions">
          <Button
            kind="primary"
            busy={pay.busy}
            onPress={() =>
              pay.run({ params: { programmeCode: programme.code } }, ({ lines, amountFen }) =>
                say(t('aid.giving.paid', { lines, amount: formatYuan(amountFen) })),
              )
            }
          >
            {t('aid.giving.pay')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Says which fund of ours a programme means. */
function NameFund({ word, scope }: { word: string; scope: string }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const may = holds(session, 'award.pay');
  const funds = useRouteWhen(may, routes.fund.funds, { query: { limit: 200 } });
  const [fundId, setFundId] = useState('');
  const send = useSend(routes.award.nameFund);
  return (
    <>
      <p className="field-error">{t('aid.giving.noFund', { word })}</p>
      {may && (
        <Form
          scope={scope}
          call={send}
          onSend={() => {
            if (fundId)
              send.run({ params: { word }, body: { fundId } }, () => say(t('aid.giving.named')));
          }}
        >
          <Select
            name="fundId"
            label={t('aid.giving.chooseFund')}
            placeholder="—"
            value={fundId}
            onChange={setFundId}
            options={(funds.data?.items ?? []).map((fund) => ({
              value: fund.id,
              label: `${fund.name} · ${formatYuan(fund.availableFen)}`,
            }))}
          />
          <Button type="submit" busy={send.busy}>
            {t('aid.giving.nameFund')}
          </Button>
        </Form>
      )}
    </>
  );
}
