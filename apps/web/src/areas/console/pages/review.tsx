import { routes } from '@wennuan/contract';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  ButtonLink,
  EmptyState,
  Loaded,
  Page,
  RefusalNotice,
  say,
} from '../../../shared/ui/index.ts';
import { ReviewQuestion } from '../parts/review-question.tsx';
import type { Question } from '../parts/review-rows.ts';
import { useSend } from '../parts/send.ts';

const AT_ONCE = 100;

/** One question after another: are these two rows one person? */
export function ReviewPage() {
  const { t } = useTranslation('console');
  const query = useRoute(routes.roster.questions, { query: { limit: AT_ONCE } });
  return (
    <Page
      title={t('review.title')}
      lead={t('review.lead')}
      width="wide"
      aside={<ButtonLink to="/desk/review/answers">{t('review.history')}</ButtonLink>}
    >
      <Loaded query={query}>
        {({ items, openCount }) => <Questions items={items} openCount={openCount} />}
      </Loaded>
    </Page>
  );
}

function Questions({ items, openCount }: { items: readonly Question[]; openCount: number }) {
  const { t } = useTranslation('console');
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const left = items.filter(({ id }) => !done.has(id));
  const now = left.find(({ id }) => !skipped.has(id));
  const answers = useAnswers({
    onAnswered: (id) => setDone((before) => new Set(before).add(id)),
    onUndone: (id) => setDone((before) => new Set([...before].filter((one) => one !== id))),
  });
  const skip = () => now && setSkipped((before) => new Set(before).add(now.id));
  useKeys({
    1: () => now && answers.give(now.id, 'same'),
    2: () => now && answers.give(now.id, 'different'),
    3: skip,
    0: answers.undo,
  });
  const answeredHere = items.filter(({ id }) => done.has(id)).length;
  return (
    <>
      <p role="status">{t('review.open', { count: Math.max(0, openCount - answeredHere) })}</p>
      {answers.refusal && <RefusalNotice refusal={answers.refusal} />}
      {now ? (
        <article className="panel" key={now.id}>
          <h2>{t('review.question')}</h2>
          <p className="soft">
            {now.area.name} ·{' '}
            {t('review.likelihood', { percent: Math.round(now.likelihood * 100) })}
          </p>
          <ReviewQuestion question={now} />
          <div className="form-actions">
            <Button kind="primary" onPress={() => answers.give(now.id, 'same')}>
              {t('review.same')}
            </Button>
            <Button kind="primary" onPress={() => answers.give(now.id, 'different')}>
              {t('review.different')}
            </Button>
            <Button onPress={skip}>{t('review.skip')}</Button>
          </div>
        </article>
      ) : (
        <Nothing isSkipped={left.length > 0} onAgain={() => setSkipped(new Set())} />
      )}
      <p className="form-actions">
        {answers.last && <Button onPress={answers.undo}>{t('review.undo')}</Button>}
        <small className="soft">{t('review.keys')}</small>
      </p>
    </>
  );
}

function Nothing({ isSkipped, onAgain }: { isSkipped: boolean; onAgain: () => void }) {
  const { t } = useTranslation('console');
  return (
    <EmptyState title={t('review.emptyTitle')}>
      <p>{isSkipped ? t('review.skippedAll') : t('review.emptyBody')}</p>
      {isSkipped && <Button onPress={onAgain}>{t('review.again')}</Button>}
    </EmptyState>
  );
}

interface Given {
  questionId: string;
  answerId: string;
}

/** Gives answers and takes the last back; the next question is shown before the server has answered. */
function useAnswers(on: { onAnswered: (id: string) => void; onUndone: (id: string) => void }) {
  const { t } = useTranslation('console');
  const [given, setGiven] = useState<readonly Given[]>([]);
  const answer = useSend(routes.roster.answer);
  const undoing = useSend(routes.roster.undoAnswer);
  const last = given.at(-1);
  return {
    last,
    refusal: answer.refusal ?? undoing.refusal,
    give: (questionId: string, word: 'same' | 'different') => {
      if (answer.busy) return;
      on.onAnswered(questionId);
      answer.run({ params: { questionId }, body: { word } }, ({ answerId }) => {
        setGiven((before) => [...before, { questionId, answerId }]);
        say(t('review.answered'));
      });
    },
    undo: () => {
      if (!last || undoing.busy) return;
      undoing.run({ params: { answerId: last.answerId } }, () => {
        setGiven((before) => before.slice(0, -1));
        on.onUndone(last.questionId);
        say(t('review.undone'));
      });
    },
  };
}

/** One key each, unless somebody types or a question is open in front of the page. */
function useKeys(acts: Record<string, (() => unknown) | undefined>) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement | null;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target?.closest?.('input, textarea, select, dialog')) return;
    acts[event.key]?.();
  });
  useEffect(() => {
    const heard = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, []);
}
