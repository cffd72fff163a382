import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { Button, Page, RefusalNotice, say, State } from '../../../shared/ui/index.ts';
import { dateColumn, drawnColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';

type Answer = RouteOutput<typeof routes.roster.answers>['items'][number];

/** What people said of pairs of rows; each can be taken back. */
export function ReviewAnswersPage() {
  const { t } = useTranslation('console');
  const answers = usePages(routes.roster.answers, { query: { limit: 50 } });
  const undo = useSend(routes.roster.undoAnswer);
  return (
    <Page title={t('answers.title')} lead={t('answers.lead')} width="wide">
      {undo.refusal && <RefusalNotice refusal={undo.refusal} />}
      <ListTable
        label={t('answers.list')}
        list={answers}
        rowKey={(answer) => answer.id}
        columns={[
          wordColumn<Answer>(
            'pair',
            t('answers.pair'),
            ({ maskedA, maskedB }) => `${maskedA} — ${maskedB}`,
          ),
          drawnColumn<Answer>('word', t('answers.word'), {
            words: ({ word }) => t(`answers.${word}`),
            draw: ({ word, isUndone }) =>
              isUndone ? (
                <State tone="quiet">{t('answers.withdrawn')}</State>
              ) : (
                <State tone="done">{t(`answers.${word}`)}</State>
              ),
          }),
          wordColumn<Answer>('by', t('answers.by'), ({ byName }) => byName),
          wordColumn<Answer>('area', t('answers.area'), ({ area }) => area.name),
          dateColumn<Answer>('at', t('answers.at'), ({ at }) => at),
          {
            key: 'undo',
            header: t('rosters.acts'),
            cell: (answer) =>
              !answer.isUndone && (
                <Button
                  label={t('answers.undoLabel', { a: answer.maskedA, b: answer.maskedB })}
                  onPress={() =>
                    undo.run({ params: { answerId: answer.id } }, () => say(t('review.undone')))
                  }
                >
                  {t('answers.undo')}
                </Button>
              ),
          },
        ]}
        empty={[t('answers.emptyTitle'), t('answers.emptyBody')]}
      />
    </Page>
  );
}
