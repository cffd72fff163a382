import { awardStates, routes } from '@wennuan/contract';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  ButtonAnchor,
  DateText,
  Facts,
  Loaded,
  Page,
  RefusalNotice,
  say,
  Select,
  State,
} from '../../../shared/ui/index.ts';
import { type AidRound, type AwardRow, awardTones } from '../parts/aid-codes.ts';
import { usePeriodWords } from '../parts/aid-words.tsx';
import { drawnColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';

const AREAS_SHOWN = 12;

/** One round: where its people stand, as a picture and as a list, and the step that is next. */
export function AidRoundPage() {
  const { t } = useTranslation('console');
  const { roundId } = useParams({ from: '/desk/aid/rounds/$roundId' });
  const query = useRoute(routes.award.readRound, { params: { roundId } });
  const periodWords = usePeriodWords();
  const round = query.data;
  return (
    <Page
      title={
        round ? `${round.programme.name} · ${periodWords(round.period)}` : t('aid.rounds.title')
      }
      lead={round?.number}
      width="wide"
    >
      <Loaded query={query}>
        {(loaded) => (
          <>
            <div className="two-columns">
              <div className="record-column">
                <Pictures round={loaded} />
              </div>
              <div className="record-column">
                <NextStep round={loaded} />
                <RoundFacts round={loaded} />
              </div>
            </div>
            <People roundId={roundId} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Pictures({ round }: { round: AidRound }) {
  const { t } = useTranslation('console');
  const areas = round.byArea.filter((one) => one.waiting > 0).slice(0, AREAS_SHOWN);
  return (
    <section className="panel">
      <h2>{t('aid.round.picture')}</h2>
      <Bars
        label={t('aid.round.picture')}
        headings={[t('aid.round.state'), t('aid.rounds.people')]}
        bars={round.states.map(({ state, count }) => ({
          key: state,
          label: t(`aid.state.${state}`),
          value: count,
          words: t('aid.rounds.candidatesCount', { count }),
          tone:
            awardTones[state] === 'done'
              ? 'done'
              : awardTones[state] === 'late'
                ? 'late'
                : awardTones[state] === 'quiet'
                  ? 'calm'
                  : 'accent',
        }))}
      />
      {areas.length > 1 && (
        <>
          <h3>{t('aid.round.pictureArea')}</h3>
          <Bars
            label={t('aid.round.pictureArea')}
            headings={[t('aid.round.area'), t('aid.rounds.people')]}
            bars={areas.map(({ area, waiting }) => ({
              key: area.code,
              label: area.name,
              value: waiting,
              words: t('aid.rounds.candidatesCount', { count: waiting }),
            }))}
          />
        </>
      )}
    </section>
  );
}

function NextStep({ round }: { round: AidRound }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const propose = useSend(routes.award.propose);
  const refer = useSend(routes.award.refer);
  const params = { roundId: round.id };
  const isReferred = round.states.some(({ state }) => state === 'referred');
  const gives = round.programme.source !== 'charity' && isReferred && holds(session, 'award.refer');
  if (!round.mayPropose && !round.mayRefer && !gives) return null;
  return (
    <section className="panel stack-tight">
      {(round.mayPropose || round.mayRefer) && (
        <p>
          <strong>{t('aid.round.ready', { count: round.ready })}</strong>
        </p>
      )}
      {round.mayPropose && round.programme.notice.kind === 'paper_board' && (
        <p className="soft">{t('aid.round.readyUnnamed', { count: round.withoutNotice })}</p>
      )}
      {propose.refusal && <RefusalNotice refusal={propose.refusal} />}
      {refer.refusal && <RefusalNotice refusal={refer.refusal} />}
      <div className="form-actions">
        {round.mayPropose && (
          <Button
            kind="primary"
            busy={propose.busy}
            onPress={() =>
              propose.run({ params }, ({ proposed, leftOut }) =>
                say(
                  leftOut > 0
                    ? t('aid.round.proposedLeft', { count: proposed, left: leftOut })
                    : t('aid.round.proposed', { count: proposed }),
                ),
              )
            }
          >
            {t('aid.round.propose')}
          </Button>
        )}
        {round.mayRefer && (
          <Button
            kind="primary"
            busy={refer.busy}
            onPress={() =>
              refer.run({ params }, ({ referred }) =>
                say(t('aid.round.referred', { count: referred })),
              )
            }
          >
            {t('aid.round.refer')}
          </Button>
        )}
        {gives && (
          <ButtonAnchor href={addressOf(routes.award.referralSheet, { params })} download>
            {t('aid.round.sheet')}
          </ButtonAnchor>
        )}
      </div>
    </section>
  );
}

function RoundFacts({ round }: { round: AidRound }) {
  const { t } = useTranslation('console');
  const { programme } = round;
  return (
    <section className="panel">
      <Facts
        rows={[
          [t('aid.rounds.source'), t(`aid.source.${programme.source}`)],
          [t('aid.round.what'), programme.what],
          [t('aid.round.delivery'), t(`aid.delivery.${programme.delivery}`)],
          [t('aid.round.clause'), programme.clause],
          [
            t('aid.round.notice'),
            programme.notice.days
              ? t('aid.round.noticeDays', { days: programme.notice.days })
              : t('aid.round.noticeNone'),
          ],
        ]}
      />
    </section>
  );
}

function People({ roundId }: { roundId: string }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { state, areaCode } = useSearch({ from: '/desk/aid/rounds/$roundId' });
  const navigate = useNavigate();
  const awards = usePages(routes.award.awards, {
    params: { roundId },
    query: { state, areaCode, limit: 100 },
  });
  return (
    <section className="panel">
      <h2>{t('aid.round.list')}</h2>
      <div className="filters">
        <Select
          name="state"
          label={t('aid.round.filter')}
          placeholder={shared('all')}
          value={state ?? ''}
          onChange={(picked) =>
            void navigate({
              to: '/desk/aid/rounds/$roundId',
              params: { roundId },
              search: { state: oneOf(awardStates, picked), areaCode },
              replace: true,
            })
          }
          options={awardStates.map((one) => ({ value: one, label: t(`aid.state.${one}`) }))}
        />
      </div>
      <ListTable
        label={t('aid.round.list')}
        list={awards}
        columns={useAwardColumns()}
        rowKey={(award) => award.id}
        empty={[t('aid.round.emptyTitle'), t('aid.round.emptyBody')]}
      />
    </section>
  );
}

/** Columns of people on lists of aid. */
export function useAwardColumns(): Column<AwardRow>[] {
  const { t } = useTranslation('console');
  return [
    drawnColumn('name', t('aid.round.name'), {
      words: (award) => award.maskedName,
      draw: (award) => (
        <Link to="/desk/aid/awards/$awardId" params={{ awardId: award.id }}>
          {award.maskedName || award.number}
        </Link>
      ),
    }),
    drawnColumn('state', t('aid.round.state'), {
      words: (award) => t(`aid.state.${award.state}`),
      draw: (award) => (
        <span className="row">
          <State tone={awardTones[award.state]}>{t(`aid.state.${award.state}`)}</State>
          {award.tries > 0 && award.state === 'candidate' && (
            <small className="soft">{t('aid.round.tries', { count: award.tries })}</small>
          )}
        </span>
      ),
    }),
    wordColumn('area', t('aid.round.area'), (award) => award.area.name),
    wordColumn('building', t('aid.round.building'), (award) => award.building),
    drawnColumn('visited', t('aid.round.visited'), {
      words: (award) => award.visitedAt,
      draw: (award) => award.visitedAt && <DateText at={award.visitedAt} withTime={false} />,
    }),
    wordColumn('number', t('aid.award.number'), (award) => award.number),
  ];
}
