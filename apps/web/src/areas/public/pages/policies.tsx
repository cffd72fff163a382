import { routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { type ProgramCard, useBoth } from '../../../shared/program/words.ts';
import { Listed, ButtonLink, EmptyState, Page } from '../../../shared/ui/index.ts';

const SOURCES = ['statutory', 'department', 'charity'] as const;

/** The list of programmes in force, for everybody: what each gives, to whom, who answers for it. */
export function PoliciesPage() {
  const { t } = useTranslation('public');
  const query = useList(routes.program.policies);
  return (
    <Page
      title={t('policies.title')}
      description={t('policies.description')}
      lead={t('policies.lead')}
      width="wide"
    >
      <p className="row">
        <ButtonLink kind="primary" to="/my/entitlements">
          {t('policies.mine')}
        </ButtonLink>
        <Link to="/aid">{t('aidUse.title')}</Link>
      </p>
      <Listed
        list={query}
        empty={
          <EmptyState title={t('policies.noneTitle')}>
            <p>{t('policies.noneBody')}</p>
          </EmptyState>
        }
      >
        {(items) =>
          SOURCES.map((source) => (
            <Source
              key={source}
              source={source}
              cards={items.filter((card) => card.source === source)}
            />
          ))
        }
      </Listed>
    </Page>
  );
}

function Source({ source, cards }: { source: ProgramCard['source']; cards: ProgramCard[] }) {
  const { t } = useTranslation();
  const both = useBoth();
  if (cards.length === 0) return null;
  return (
    <section className="stack-tight" aria-labelledby={source}>
      <h2 id={source}>{t(`program.sources.${source}`)}</h2>
      <ul className="grid-cards">
        {cards.map((card) => (
          <li key={card.code} className="card">
            <h3>
              <Link to="/policies/$code" params={{ code: card.code }}>
                {both(card.name)}
              </Link>
            </h3>
            <p>{both(card.what)}</p>
            <p className="soft">{both(card.who)}</p>
            <p className="soft small">{t(`program.cadences.${card.cadence}`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
