import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonAnchor,
  Dialog,
  Facts,
  Loaded,
  Page,
  RefusalNotice,
  say,
  State,
} from '../../../shared/ui/index.ts';
import { DeliveryColumns } from '../parts/delivery-columns.tsx';
import { DeliveryDifferences } from '../parts/delivery-differences.tsx';
import { useSend } from '../parts/send.ts';

type Delivery = RouteOutput<typeof routes.roster.delivery>;

const tones = { read: 'warned', imported: 'done', discarded: 'quiet' } as const;

/** So many wrong cells are shown until somebody asks for more. */
const FIRST_PROBLEMS = 60;

/** One file as it was understood: columns, differences, wrong cells, and the decision. */
export function DeliveryPage() {
  const { t } = useTranslation('console');
  const { deliveryId } = useParams({ from: '/desk/rosters/$deliveryId' });
  const query = useRoute(routes.roster.delivery, { params: { deliveryId } });
  return (
    <Loaded query={query}>
      {(delivery) => (
        <Page
          title={t('delivery.title', { name: delivery.rosterName })}
          lead={t('delivery.lead', {
            department: delivery.departmentName,
            file: delivery.fileName,
          })}
          width="wide"
          aside={
            <State tone={tones[delivery.state]}>{t(`delivery.state.${delivery.state}`)}</State>
          }
        >
          <Decision delivery={delivery} />
          {!isFirst(delivery) && delivery.state === 'read' && (
            <DeliveryDifferences delivery={delivery} />
          )}
          <Unplaced count={delivery.unplacedCount} />
          <DeliveryColumns delivery={delivery} />
          <Problems delivery={delivery} />
        </Page>
      )}
    </Loaded>
  );
}

/** People whom no worker meets, and what brings them to a community. */
function Unplaced({ count }: { count: number }) {
  const { t } = useTranslation('console');
  if (count === 0) return null;
  return (
    <section className="panel">
      <h2>{t('delivery.unplaced', { count })}</h2>
      <p>{t('delivery.unplacedBody')}</p>
    </section>
  );
}

/** True when every row is new: then there is nothing to compare, and the columns are what to look at. */
function isFirst({ newCount, rowCount }: Delivery): boolean {
  return newCount === rowCount;
}

function Decision({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const navigate = useNavigate();
  const bring = useSend(routes.roster.import);
  const drop = useSend(routes.roster.discard);
  const [asking, setAsking] = useState(false);
  if (!holds(session, 'roster.write')) return null;
  const refusal = bring.refusal ?? drop.refusal;
  // Somebody else decided meanwhile: the page learns it at once, and the sentence stays.
  if (delivery.state !== 'read') return refusal && <RefusalNotice refusal={refusal} />;
  const back = () => void navigate({ to: '/desk/rosters' });
  return (
    <section className="panel">
      {refusal && <RefusalNotice refusal={refusal} />}
      {bring.busy && (
        <div role="status">
          <progress aria-label={t('rosters.importing')} />
          <p>{t('rosters.importing')}</p>
        </div>
      )}
      <div className="form-actions">
        <Button
          kind="primary"
          busy={bring.busy}
          onPress={() =>
            bring.run({ body: { deliveryIds: [delivery.id] } }, (done) => {
              say(
                t('rosters.done', {
                  rows: done.rows,
                  persons: done.persons,
                  fresh: done.newPersons,
                  questions: done.openQuestions,
                }),
              );
              back();
            })
          }
        >
          {t('delivery.import')}
        </Button>
        <Button kind="danger" onPress={() => setAsking(true)}>
          {t('delivery.discard')}
        </Button>
      </div>
      <Dialog title={t('delivery.discardTitle')} open={asking} onClose={() => setAsking(false)}>
        <p>{t('delivery.discardBody')}</p>
        <Button
          kind="danger"
          busy={drop.busy}
          onPress={() =>
            drop.run({ params: { deliveryId: delivery.id } }, () => {
              say(t('delivery.discarded'));
              back();
            })
          }
        >
          {t('delivery.discard')}
        </Button>
      </Dialog>
    </section>
  );
}

function Problems({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('console');
  const { problems, problemCount, sheets } = delivery;
  const { t: shared } = useTranslation();
  const [most, setMost] = useState(FIRST_PROBLEMS);
  const many = sheets.filter(({ isRoster }) => isRoster).length > 1;
  return (
    <section className="panel">
      <h2>{t('delivery.problems', { count: problemCount })}</h2>
      <p className="soft">
        {problemCount === 0 ? t('delivery.noProblems') : t('delivery.problemsLead')}
      </p>
      {problemCount > 0 && (
        <p>
          <ButtonAnchor
            href={addressOf(routes.roster.problemSheet, { params: { deliveryId: delivery.id } })}
            download
          >
            {t('delivery.problemSheet')}
          </ButtonAnchor>
        </p>
      )}
      {problemCount > problems.length && (
        <p className="soft">{t('delivery.problemsShown', { shown: problems.length })}</p>
      )}
      {problems.length === problemCount && <Kinds problems={problems} />}
      <ul className="cell-problems">
        {problems.slice(0, most).map((problem) => (
          <li key={`${problem.sheet} ${problem.line} ${problem.column} ${problem.kind}`}>
            <span className="soft">
              {many && `${problem.sheet} · `}
              {problem.column < 0
                ? t('delivery.line', { line: problem.line })
                : t('delivery.cell', { cell: problem.cell })}
              {problem.header && ` · ${problem.header}`}
            </span>
            <span>{t(`cellProblems.${problem.kind}`)}</span>
          </li>
        ))}
      </ul>
      {problems.length > most && (
        <Button onPress={() => setMost(problems.length)}>{shared('more')}</Button>
      )}
    </section>
  );
}

/** How many of each kind, when there are more than fit on a screen. */
function Kinds({ problems }: Pick<Delivery, 'problems'>) {
  const { t } = useTranslation('console');
  const kinds = Object.entries(Object.groupBy(problems, ({ kind }) => kind));
  if (problems.length < 10) return null;
  return (
    <Facts
      rows={kinds
        .map(([kind, some]) => [t(`cellProblems.${kind as 'id_checksum'}`), some.length] as const)
        .toSorted(([, one], [, other]) => other - one)
        .map(([words, count]) => [words, t('delivery.places', { count })] as const)}
    />
  );
}
