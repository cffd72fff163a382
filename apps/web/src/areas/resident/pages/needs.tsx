import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import { Listed, ButtonLink, EmptyState, Page } from '../../../shared/ui/index.ts';
import { MatterCard } from '../parts/matter-card.tsx';
import { hasEnded } from '../parts/own-need.ts';

/** Everything one asked for: first what goes on, then what ended. */
export function NeedsPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnNeeds />}</SessionGate>;
}

function OwnNeeds() {
  const { t } = useTranslation('resident');
  const list = usePages(routes.need.mine, { query: { limit: 20 } });
  const open = list.items.filter((need) => !hasEnded(need));
  const ended = list.items.filter(hasEnded);
  return (
    <Page title={t('needs.title')}>
      <Listed
        list={list}
        empty={
          <EmptyState title={t('needs.none')}>
            <ButtonLink kind="primary" to="/my/needs/new">
              {t('needs.noneDo')}
            </ButtonLink>
          </EmptyState>
        }
      >
        {() => (
          <>
            {open.length > 0 && <h2>{t('needs.open')}</h2>}
            {open.map((need) => (
              <MatterCard key={need.id} need={need} />
            ))}
            {ended.length > 0 && <h2>{t('needs.ended')}</h2>}
            {ended.map((need) => (
              <MatterCard key={need.id} need={need} />
            ))}
          </>
        )}
      </Listed>
    </Page>
  );
}
