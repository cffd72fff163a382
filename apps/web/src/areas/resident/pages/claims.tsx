import { routes, type RouteOutput } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Listed,
  ButtonLink,
  Card,
  dateWords,
  EmptyState,
  Money,
  Page,
  State,
  type Tone,
} from '../../../shared/ui/index.ts';

type Claim = RouteOutput<typeof routes.donation.myClaims>['items'][number];

const tones: Record<Claim['state'], Tone> = {
  locked: 'warned',
  paid: 'done',
  expired: 'late',
  cancelled: 'quiet',
};

/** What the enterprise has claimed, until when it is kept, and whether it is paid. */
export function ClaimsPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnClaims />}</SessionGate>;
}

function OwnClaims() {
  const { t } = useTranslation('resident');
  const list = usePages(routes.donation.myClaims, { query: { limit: 30 } });
  return (
    <Page title={t('claims.title')} lead={<p>{t('claims.lead')}</p>}>
      <Listed
        list={list}
        empty={
          <EmptyState title={t('claims.none')}>
            <ButtonLink kind="primary" to="/wall">
              {t('claims.noneDo')}
            </ButtonLink>
          </EmptyState>
        }
      >
        {(items) => items.map((claim) => <ClaimCard key={claim.id} claim={claim} />)}
      </Listed>
    </Page>
  );
}

function ClaimCard({ claim }: { claim: Claim }) {
  const { t, i18n } = useTranslation('resident');
  const at = (instant: string) => dateWords(instant, i18n.language);
  return (
    <Card as="article">
      <div className="row-between">
        <h2>{claim.itemTitle}</h2>
        <State tone={tones[claim.state]}>{t(`claims.state.${claim.state}`)}</State>
      </div>
      <p>
        <Money fen={claim.amountFen} />
      </p>
      {claim.state === 'locked' && (
        <p>{t('claims.locked', { at: at(claim.lockedUntil), number: claim.number })}</p>
      )}
      {claim.paidAt && <p>{t('claims.paid', { at: at(claim.paidAt) })}</p>}
      <p className="soft small">
        {claim.number} · {t('claims.agreementNumber', { number: claim.agreementNumber })}
        {claim.giftNumber && ` · ${claim.giftNumber}`}
      </p>
    </Card>
  );
}
