import { routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { ProgramFacts } from '../../../shared/program/card.tsx';
import { type ProgramCard, useBoth } from '../../../shared/program/words.ts';
import { ButtonLink, dateWords, Loaded, Page } from '../../../shared/ui/index.ts';

/** One programme in plain words: standard, steps and rules (Charity Law 81). */
export function PolicyPage() {
  const { t } = useTranslation('public');
  const both = useBoth();
  const { code } = useParams({ from: '/public/policies/$code' });
  const query = useRoute(routes.program.policy, { params: { code } });
  const card = query.data;
  return (
    <Page
      title={card ? both(card.name) : t('policies.title')}
      description={card ? both(card.what) : ''}
      lead={t('policies.oneLead')}
    >
      <Loaded query={query}>{(loaded) => <Card card={loaded} />}</Loaded>
    </Page>
  );
}

function Card({ card }: { card: ProgramCard }) {
  const { t, i18n } = useTranslation('public');
  return (
    <>
      <section className="card">
        <ProgramFacts card={card} />
      </section>
      <p className="soft">
        {card.candidates !== null && card.asOf !== null
          ? t('policies.count', {
              total: card.candidates.toLocaleString('en-US'),
              unit: t(card.unit === 'household' ? 'policies.households' : 'policies.people'),
              at: dateWords(card.asOf, i18n.language, false),
            })
          : t('policies.few')}
      </p>
      <p>{t('policies.person')}</p>
      <p className="row">
        <ButtonLink kind="primary" to="/my/entitlements">
          {t('policies.mine')}
        </ButtonLink>
        <ButtonLink to="/help">{t('policies.call')}</ButtonLink>
      </p>
      <p>
        <Link to="/policies">{t('policies.all')}</Link>
      </p>
    </>
  );
}
