import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Listed, Button, EmptyState, Page } from '../../../shared/ui/index.ts';
import { BudgetLineDialog, type BudgetLineAct } from '../books/budget-dialogs.tsx';
import { type Part, PartsBar } from '../books/parts-bar.tsx';

type Budget = RouteOutput<typeof routes.fund.budgets>['items'][number];
type Sums = Pick<Budget, 'spentFen' | 'committedFen' | 'askedFen' | 'freeFen'>;

/** What became of the income of every fund and campaign: spent, agreed and not paid, asked for, free. */
export function BudgetsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const whole = useRoute(routes.fund.budgets, { query: { limit: 1 } });
  const budgets = usePages(routes.fund.budgets, { query: { limit: 30 } });
  const [act, setAct] = useState<BudgetLineAct | null>(null);
  const parts = useParts();
  return (
    <Page title={t('books.budgets.title')} lead={t('books.budgets.lead')} width="wide">
      {whole.data && (
        <section className="panel" aria-label={t('books.budgets.whole')}>
          <h2>{t('books.budgets.whole')}</h2>
          <PartsBar
            label={t('books.budgets.parts', { label: t('books.budgets.whole') })}
            headings={[t('books.budgets.part'), t('books.budgets.value')]}
            parts={parts(whole.data.total)}
          />
        </section>
      )}
      <Listed
        list={budgets}
        lines={6}
        empty={
          <EmptyState title={t('books.budgets.emptyTitle')}>
            <p>{t('books.budgets.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <div className="account-panels">
            {items.map((budget) => (
              <AccountPanel
                key={budget.accountId}
                budget={budget}
                onAct={holds(session, 'budget.write') ? setAct : null}
              />
            ))}
          </div>
        )}
      </Listed>
      {act && <BudgetLineDialog act={act} onClose={() => setAct(null)} />}
    </Page>
  );
}

function useParts(): (sums: Sums) => Part[] {
  const { t } = useTranslation('console');
  return (sums) => [
    { key: 'spent', label: t('books.budgets.spent'), fen: sums.spentFen, shade: 'spent' },
    {
      key: 'committed',
      label: t('books.budgets.committed'),
      fen: sums.committedFen,
      shade: 'committed',
    },
    { key: 'asked', label: t('books.budgets.asked'), fen: sums.askedFen, shade: 'asked' },
    { key: 'free', label: t('books.budgets.free'), fen: sums.freeFen, shade: 'free' },
  ];
}

function AccountPanel({
  budget,
  onAct,
}: {
  budget: Budget;
  onAct: ((act: BudgetLineAct) => void) | null;
}) {
  const { t } = useTranslation('console');
  const parts = useParts();
  return (
    <section className="panel" aria-label={budget.label}>
      <h2>{budget.label}</h2>
      <PartsBar
        label={t('books.budgets.parts', { label: budget.label })}
        headings={[t('books.budgets.part'), t('books.budgets.value')]}
        parts={parts(budget).filter(({ key, fen }) => fen > 0 || key === 'free')}
      />
      {budget.lines.length === 0 ? (
        <p className="soft">{t('books.budgets.noLines')}</p>
      ) : (
        <h3>{t('books.budgets.lines', { label: budget.label })}</h3>
      )}
      {budget.lines.map((line) => (
        <div key={line.id} className="budget-line">
          <p className="row">
            <strong>{line.name}</strong>
            {onAct && (
              <Button
                kind="quiet"
                label={t('books.budgets.changeFor', { name: line.name })}
                onPress={() => onAct({ act: 'change', line })}
              >
                {t('books.budgets.change')}
              </Button>
            )}
          </p>
          <PartsBar
            label={t('books.budgets.parts', { label: line.name })}
            headings={[t('books.budgets.part'), t('books.budgets.value')]}
            parts={parts({ ...line, freeFen: line.leftFen }).map((part) =>
              part.key === 'free' ? { ...part, label: t('books.budgets.left') } : part,
            )}
          />
        </div>
      ))}
      {onAct && (
        <Button
          label={t('books.budgets.addFor', { label: budget.label })}
          onPress={() => onAct({ act: 'add', account: budget })}
        >
          {t('books.budgets.add')}
        </Button>
      )}
    </section>
  );
}
