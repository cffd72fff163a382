import { routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  ClockState,
  DateText,
  dateWords,
  Loaded,
  Money,
  Notice,
  Page,
  PageSkeleton,
  Steps,
} from '../../../shared/ui/index.ts';
import { MatterState } from '../parts/matter-card.tsx';
import { OwnMoves } from '../parts/own-moves.tsx';
import { hasEnded, type OwnNeed, stages, stagesDone } from '../parts/own-need.ts';
import { Pictures } from '../parts/pictures.tsx';

/** One of one's own matters: what happens next and by when, what I can do, and all that happened. */
export function NeedPage() {
  const { needId } = useParams({ from: '/my/needs/$needId' });
  return <SessionGate signIn="/my/sign-in">{() => <OwnMatter needId={needId} />}</SessionGate>;
}

function OwnMatter({ needId }: { needId: string }) {
  const { t } = useTranslation('resident');
  const query = useRoute(routes.need.readMine, { params: { needId } });
  const need = query.data;
  if (query.isPending) return <PageSkeleton />;
  return (
    <Page
      title={need?.title ?? t('needs.title')}
      aside={need && <MatterState need={need} />}
      lead={
        need && (
          <p>
            {t(`kind.${need.kind}`)} · {t('matter.number', { number: need.number })}
            {need.amountFen !== null && (
              <>
                {' · '}
                <Money fen={need.amountFen} />
              </>
            )}
          </p>
        )
      }
    >
      <Loaded query={query}>{(loaded) => <Matter need={loaded} />}</Loaded>
    </Page>
  );
}

function Matter({ need }: { need: OwnNeed }) {
  const { t, i18n } = useTranslation('resident');
  const done = stagesDone(need);
  return (
    <>
      <ol className="progress-row" aria-label={t('stage.label')}>
        {stages.map((stage, place) => {
          const state = place < done ? 'done' : place === done && !hasEnded(need) ? 'now' : 'ahead';
          return (
            <li key={stage} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              <span>
                {state === 'done' && '✓ '}
                {t(`stage.${stage}`)}
              </span>
            </li>
          );
        })}
      </ol>
      <Notice tone="accent" title={t('matter.next')}>
        <p>{need.nextStep}</p>
        {need.clock && !hasEnded(need) && (
          <p className="row">
            <span>{t('matter.by', { at: dateWords(need.clock.dueAt, i18n.language) })}</span>
            <ClockState clock={need.clock} />
          </p>
        )}
        {need.clock?.state === 'overdue' && need.escalatedTo && <p>{t('matter.late')}</p>}
        {need.handledByName && (
          <p>
            {t('matter.handledBy', { name: need.handledByName })}
            <br />
            <small className="soft">{t('matter.handledByNote')}</small>
          </p>
        )}
        {need.deskTelephone && (
          <p>
            <a href={`tel:${need.deskTelephone.replace(/[^\d+]/g, '')}`}>
              {t('call.to', { name: need.area.name })} {need.deskTelephone}
            </a>
          </p>
        )}
      </Notice>
      <OwnMoves need={need} />
      <section className="stack-tight">
        <h2>{t('matter.story')}</h2>
        <p className="story">{need.story}</p>
        <Pictures attachmentIds={need.attachments.map((picture) => picture.id)} />
        <p className="soft small">
          {t(need.kind === 'help_request' ? 'matter.private' : 'matter.publicNote')}{' '}
          {need.itemId && (
            <Link to="/wishes/$needId" params={{ needId: need.id }}>
              {t('matter.onWall')}
            </Link>
          )}
        </p>
      </section>
      <History need={need} />
    </>
  );
}

function History({ need }: { need: OwnNeed }) {
  const { t } = useTranslation('resident');
  const newestFirst = need.history.toSorted((left, right) => right.at.localeCompare(left.at));
  return (
    <section className="stack">
      <h2>{t('matter.history')}</h2>
      <Steps
        label={t('matter.history')}
        steps={newestFirst.map((entry) => ({
          key: entry.id,
          state: 'done',
          title: t(`history.${entry.move}`),
          children: (
            <>
              <span className="soft small">
                <DateText at={entry.at} /> {entry.byName}
              </span>
              {entry.note && <p className="story">{entry.note}</p>}
              <Pictures attachmentIds={entry.attachments.map((picture) => picture.id)} />
            </>
          ),
        }))}
      />
    </section>
  );
}
