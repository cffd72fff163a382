import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Button,
  dateWords,
  EmptyState,
  Facts,
  Page,
  RefusalNotice,
  say,
  State,
  type Tone,
} from '../../../shared/ui/index.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { useSend } from '../parts/send.ts';
import { AddMerchant, AgreementForm, LicenceForm } from './merchant-forms.tsx';

export type Merchant = RouteOutput<typeof routes.catalogue.merchants>['items'][number];

const tones: Record<Merchant['state'], Tone> = {
  proposed: 'warned',
  active: 'done',
  suspended: 'late',
  refused: 'quiet',
};

/** Merchants with agreement and licences; two people before one sells. */
export function MerchantsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const query = useList(routes.catalogue.merchants);
  return (
    <Page
      title={t('shop.merchants.title')}
      lead={t('shop.merchants.lead')}
      aside={
        holds(session, 'shop.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('shop.merchants.add')}
          </Button>
        )
      }
    >
      {adding && <AddMerchant onDone={() => setAdding(false)} />}
      <Listed
        list={query}
        empty={
          <EmptyState title={t('shop.merchants.empty')}>
            <p>{t('shop.merchants.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => items.map((one) => <MerchantCard key={one.id} one={one} />)}
      </Listed>
    </Page>
  );
}

function MerchantCard({ one }: { one: Merchant }) {
  const { t, i18n } = useTranslation('console');
  const day = (date: string) => dateWords(date, i18n.language, false);
  return (
    <section className="panel" aria-label={one.name}>
      <h2 className="row">
        {one.code} · {one.name}
        <State tone={tones[one.state]}>{t(`shop.merchants.states.${one.state}`)}</State>
        {one.state === 'active' && one.obstacle && (
          <State tone="late">{t(`shop.merchants.obstacle.${one.obstacle}`)}</State>
        )}
      </h2>
      <Facts
        rows={[
          [t('shop.merchants.number'), one.paymentNumber],
          [t('shop.merchants.telephone'), one.contactTelephone || '—'],
          [t('shop.merchants.products'), one.products],
          [
            t('shop.merchants.agreement'),
            one.agreements.length === 0
              ? t('shop.merchants.obstacle.agreement_missing')
              : one.agreements
                  .map(
                    (each) =>
                      `${t('shop.merchants.agreementLine', {
                        from: day(each.validFrom),
                        until: day(each.validUntil),
                        share: `${each.shareBasisPoints / 100}%`,
                      })}（${t(each.inForce ? 'shop.merchants.inForce' : 'shop.merchants.notInForce')}）`,
                  )
                  .join('；'),
          ],
          ...one.licences.map(
            (each) =>
              [
                t(`shop.merchants.licence.${each.kind}`),
                `${each.number} · ${day(each.validUntil)}${each.lapsed ? `（${t('shop.merchants.lapsed')}）` : ''}`,
              ] as const,
          ),
        ]}
      />
      {one.state === 'suspended' && one.suspendReason && (
        <p>{t('shop.merchants.suspendedFor', { reason: one.suspendReason })}</p>
      )}
      <p className="soft">
        {t('shop.merchants.by', {
          proposed: one.proposedBy ?? '—',
          decided: one.decidedBy ?? '—',
        })}
      </p>
      <Acts one={one} />
    </section>
  );
}

function Acts({ one }: { one: Merchant }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [open, setOpen] = useState<'agreement' | 'licence' | 'suspend'>();
  const close = () => setOpen(undefined);
  const decide = useSend(routes.catalogue.decideMerchant);
  const suspend = useSend(routes.catalogue.suspendMerchant);
  const params = { merchantId: one.id };
  const refusal = decide.refusal ?? suspend.refusal;
  const change = (agree: boolean) =>
    decide.run({ params, body: { agree } }, () => say(t('shop.merchants.saved')));
  return (
    <>
      {refusal && <RefusalNotice refusal={refusal} />}
      <p className="row">
        {one.mayDecide && (
          <>
            <Button kind="primary" busy={decide.busy} onPress={() => change(true)}>
              {t('shop.merchants.agree')}
            </Button>
            <Button busy={decide.busy} onPress={() => change(false)}>
              {t('shop.merchants.refuse')}
            </Button>
          </>
        )}
        {holds(session, 'shop.write') && (
          <>
            <Button onPress={() => setOpen(open === 'agreement' ? undefined : 'agreement')}>
              {t('shop.merchants.addAgreement')}
            </Button>
            <Button onPress={() => setOpen(open === 'licence' ? undefined : 'licence')}>
              {t('shop.merchants.addLicence')}
            </Button>
          </>
        )}
        {holds(session, 'shop.decide') && one.state === 'suspended' && (
          <Button
            busy={suspend.busy}
            onPress={() => suspend.run({ params, body: { reason: null } })}
          >
            {t('shop.merchants.resume')}
          </Button>
        )}
        {holds(session, 'shop.decide') && one.state === 'active' && (
          <Button kind="danger" onPress={() => setOpen('suspend')}>
            {t('shop.merchants.suspend')}
          </Button>
        )}
      </p>
      {open === 'suspend' && (
        <ReasonDialog
          title={t('shop.merchants.suspendTitle', { name: one.name })}
          lead={t('shop.merchants.suspendLead')}
          label={t('shop.merchants.suspendReason')}
          send={t('shop.merchants.suspend')}
          kind="danger"
          call={suspend}
          onSend={(reason) => suspend.run({ params, body: { reason } }, close)}
          onClose={close}
        />
      )}
      {open === 'agreement' && <AgreementForm one={one} onDone={close} />}
      {open === 'licence' && <LicenceForm one={one} onDone={close} />}
    </>
  );
}
