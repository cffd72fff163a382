import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Dialog, Loaded, Page, RefusalNotice, say } from '../../../shared/ui/index.ts';
import { useAmountWords, usePeriodWords } from '../parts/aid-words.tsx';
import { drawnColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';

type Round = RouteOutput<typeof routes.award.rounds>['items'][number];
type Programme = RouteOutput<typeof routes.award.programmes>['items'][number];

const BARS_MOST = 8;

/** Rounds with where their people stand, and programmes of which one can be opened. */
export function AidRoundsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const rounds = usePages(routes.award.rounds, { query: { limit: 100 } });
  const opens = holds(session, 'award.open');
  return (
    <Page
      title={t('aid.rounds.title')}
      lead={t('aid.rounds.lead')}
      width="wide"
      aside={
        holds(session, 'award_list.read') && (
          <nav className="row" aria-label={t('aid.rounds.title')}>
            <Link to="/desk/aid/notices">{t('aid.rounds.notices')}</Link>
          </nav>
        )
      }
    >
      <section className="panel">
        <h2>{t('aid.rounds.list')}</h2>
        <ListTable
          label={t('aid.rounds.list')}
          list={rounds}
          columns={useRoundColumns()}
          rowKey={(round) => round.id}
          empty={[t('aid.rounds.emptyTitle'), t('aid.rounds.emptyBody')]}
        />
      </section>
      <Programmes opens={opens} />
    </Page>
  );
}

function useRoundColumns(): Column<Round>[] {
  const { t } = useTranslation('console');
  const periodWords = usePeriodWords();
  const amountWords = useAmountWords();
  const helped = (round: Round) =>
    round.states
      .filter(({ state }) => ['granted', 'paid_elsewhere', 'finished'].includes(state))
      .reduce((sum, one) => sum + one.count, 0);
  return [
    drawnColumn('programme', t('aid.rounds.programme'), {
      words: (round) => round.programme.name,
      draw: (round) => (
        <Link to="/desk/aid/rounds/$roundId" params={{ roundId: round.id }}>
          {round.programme.name}
        </Link>
      ),
    }),
    wordColumn('period', t('aid.rounds.period'), (round) => periodWords(round.period)),
    wordColumn('source', t('aid.rounds.source'), (round) =>
      t(`aid.source.${round.programme.source}`),
    ),
    wordColumn('area', t('aid.round.area'), (round) => round.area.name),
    drawnColumn('states', t('aid.rounds.states'), {
      words: (round) => String(helped(round)),
      draw: (round) => (
        <span className="row">
          <progress
            max={Math.max(1, round.total)}
            value={helped(round)}
            aria-label={t('aid.rounds.helped', { helped: helped(round), total: round.total })}
          />
          <span className="number">
            {t('aid.rounds.helped', { helped: helped(round), total: round.total })}
          </span>
        </span>
      ),
    }),
    wordColumn('amount', t('aid.rounds.amount'), (round) =>
      amountWords(round.amount, round.programme.unit),
    ),
    wordColumn('number', t('aid.rounds.round'), (round) => round.number),
  ];
}

function Programmes({ opens }: { opens: boolean }) {
  const { t } = useTranslation('console');
  const query = useRoute(routes.award.programmes);
  return (
    <section className="panel">
      <h2>{t('aid.rounds.programmes')}</h2>
      <p className="soft">{t('aid.rounds.programmesLead')}</p>
      <Loaded query={query}>
        {({ items }) => (
          <>
            <Bars
              label={t('aid.rounds.picture')}
              headings={[t('aid.rounds.programme'), t('aid.rounds.pictureValue')]}
              bars={items
                .toSorted((one, other) => other.candidates - one.candidates)
                .slice(0, BARS_MOST)
                .map((one) => ({
                  key: one.programme.code,
                  label: one.programme.name,
                  value: one.candidates,
                  words: t('aid.rounds.candidatesCount', { count: one.candidates }),
                  tone: one.programme.source === 'charity' ? 'accent' : 'calm',
                }))}
            />
            {opens && (
              <ul className="tasks">
                {items.map((one) => (
                  <ProgrammeRow key={one.programme.code} row={one} />
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function ProgrammeRow({ row }: { row: Programme }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const periodWords = usePeriodWords();
  const [asking, setAsking] = useState(false);
  const open = useSend(routes.award.openRound);
  const { programme, candidates, roundId, period } = row;
  const send = () => {
    setAsking(false);
    open.run({ body: { programmeCode: programme.code, areaCode: null } }, ({ added }) =>
      say(t('aid.rounds.openDone', { count: added })),
    );
  };
  return (
    <li className="card-row row-between">
      <span>
        <strong>{programme.name}</strong>{' '}
        <small className="soft">
          {t(`aid.source.${programme.source}`)} · {programme.what} · {periodWords(period)} ·{' '}
          {t('aid.rounds.candidatesCount', { count: candidates })}
        </small>
        {open.refusal && <RefusalNotice refusal={open.refusal} />}
      </span>
      <span className="row">
        {roundId && (
          <Link to="/desk/aid/rounds/$roundId" params={{ roundId }}>
            {t('aid.rounds.see')}
          </Link>
        )}
        <Button
          busy={open.busy}
          label={`${t(roundId ? 'aid.rounds.again' : 'aid.rounds.open')}：${programme.name}`}
          onPress={() => setAsking(true)}
        >
          {t(roundId ? 'aid.rounds.again' : 'aid.rounds.open')}
        </Button>
      </span>
      <Dialog
        title={t('aid.rounds.openNamed', { name: programme.name })}
        open={asking}
        onClose={() => setAsking(false)}
      >
        <p>{t('aid.rounds.openAsk', { count: candidates })}</p>
        <div className="form-actions">
          <Button kind="primary" onPress={send}>
            {t('aid.rounds.open')}
          </Button>
          <Button onPress={() => setAsking(false)}>{shared('cancel')}</Button>
        </div>
      </Dialog>
    </li>
  );
}
