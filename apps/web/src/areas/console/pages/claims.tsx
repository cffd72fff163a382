import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Dialog, Page, say, Select, type Tone } from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { claimStates } from '../parts/codes.ts';
import { dateColumn, moneyColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { PaymentForm } from '../parts/payment-form.tsx';
import { useSend } from '../parts/send.ts';

type Claim = RouteOutput<typeof routes.donation.claims>['items'][number];

const tones: Record<Claim['state'], Tone> = {
  locked: 'warned',
  paid: 'done',
  expired: 'late',
  cancelled: 'quiet',
};

/** Claims of enterprises: what is waited for, what was paid. */
export function ClaimsPage() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { state } = useSearch({ from: '/desk/claims' });
  const navigate = useNavigate();
  const claims = usePages(routes.donation.claims, { query: { state, limit: 100 } });
  const [paying, setPaying] = useState<Claim | null>(null);
  return (
    <Page title={t('claims.title')} lead={t('claims.lead')} width="wide">
      <div className="filters">
        <Select
          name="state"
          label={t('claims.state')}
          placeholder={shared('all')}
          value={state ?? ''}
          onChange={(picked) =>
            void navigate({
              to: '/desk/claims',
              search: { state: oneOf(claimStates, picked) },
              replace: true,
            })
          }
          options={claimStates.map((one) => ({ value: one, label: t(`codes.claim.${one}`) }))}
        />
      </div>
      <ListTable
        label={t('claims.list')}
        list={claims}
        columns={useClaimColumns(setPaying)}
        rowKey={(claim) => claim.id}
        empty={[t('claims.emptyTitle'), t('claims.emptyBody')]}
      />
      {paying && <ClaimPayment claim={paying} onClose={() => setPaying(null)} />}
    </Page>
  );
}

function useClaimColumns(onPay: (claim: Claim) => void): Column<Claim>[] {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const pays = holds(session, 'claim.write');
  return [
    wordColumn('number', t('claims.number'), (one) => one.number),
    stateColumn('state', t('claims.state'), (one) => [
      t(`codes.claim.${one.state}`),
      tones[one.state],
    ]),
    wordColumn('enterprise', t('claims.enterprise'), (one) => one.enterpriseName),
    wordColumn('item', t('claims.item'), (one) => one.itemTitle),
    moneyColumn('amount', t('claims.amount'), (one) => one.amountFen),
    wordColumn('agreement', t('claims.agreement'), (one) => one.agreementNumber),
    dateColumn('lockedUntil', t('claims.lockedUntil'), (one) => one.lockedUntil),
    wordColumn('gift', t('claims.gift'), (one) => one.giftNumber),
    ...(pays
      ? [
          {
            key: 'pay',
            header: t('claims.pay'),
            cell: (one: Claim) =>
              one.state === 'locked' && (
                <Button
                  label={t('claims.payLabel', { number: one.number })}
                  onPress={() => onPay(one)}
                >
                  {t('claims.pay')}
                </Button>
              ),
          },
        ]
      : []),
  ];
}

function ClaimPayment({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const { t } = useTranslation('console');
  const pay = useSend(routes.donation.claimPaid);
  return (
    <Dialog title={t('claims.payTitle', { number: claim.number })} open onClose={onClose}>
      <PaymentForm
        send={t('claims.pay')}
        call={pay}
        onSend={(body) =>
          pay.run({ params: { claimId: claim.id }, body }, () => {
            say(t('claims.paid'));
            onClose();
          })
        }
      />
    </Dialog>
  );
}
