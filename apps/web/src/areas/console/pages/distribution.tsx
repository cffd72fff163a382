import { routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import { PrintButton } from '../../../shared/print/print-sheet.tsx';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  ButtonAnchor,
  ButtonLink,
  DateText,
  dateWords,
  Facts,
  Loaded,
  Money,
  Page,
  State,
  type Step,
  Steps,
} from '../../../shared/ui/index.ts';
import { type Plan, planTones } from '../parts/goods-codes.ts';
import { Cancel, Close, Decide, Submit } from '../parts/plan-acts.tsx';
import { PaperList } from '../parts/plan-paper.tsx';
import { AddPeople } from '../parts/plan-people.tsx';
import { People } from '../parts/plan-list.tsx';
import { ThingPicture } from '../parts/thing-picture.tsx';

/** One distribution: what each gets, who is on the list, who agreed, what is left, and its paper. */
export function DistributionPage() {
  const { t } = useTranslation('console');
  const { planId } = useParams({ from: '/desk/distributions/$planId' });
  const query = useRoute(routes.distribution.read, { params: { planId } });
  const plan = query.data;
  return (
    <Page
      title={plan?.name ?? t('distributions.title')}
      width="wide"
      aside={
        plan && (
          <State tone={planTones[plan.state]}>{t(`distributions.states.${plan.state}`)}</State>
        )
      }
    >
      <Loaded query={query}>{(loaded) => <PlanSheet plan={loaded} />}</Loaded>
    </Page>
  );
}

function PlanSheet({ plan }: { plan: Plan }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const seesList = holds(session, 'distribution.hand_over');
  const writes = holds(session, 'distribution.write');
  const list = useRouteWhen(seesList, routes.distribution.recipients, {
    params: { planId: plan.id },
  });
  const people = list.data?.items;
  return (
    <>
      <div className="two-columns">
        <div className="record-column">
          <PlanFacts plan={plan} />
          <section className="panel">
            <h2>{t('plan.stepsTitle')}</h2>
            <Steps label={t('plan.stepsTitle')} steps={usePlanSteps(plan)} />
          </section>
        </div>
        <div className="record-column">
          <Figures plan={plan} />
          {plan.mayHandOver && seesList && (
            <ButtonLink
              kind="primary"
              wide
              to="/desk/distributions/$planId/hand-over"
              params={{ planId: plan.id }}
            >
              {t('plan.toHandOver')}
            </ButtonLink>
          )}
          {plan.state === 'draft' && seesList && <AddPeople plan={plan} />}
          {plan.state === 'draft' && writes && <Submit plan={plan} />}
          {plan.state === 'submitted' && holds(session, 'distribution.approve') && (
            <Decide plan={plan} />
          )}
          {plan.state === 'approved' && writes && <Close plan={plan} />}
          {plan.state !== 'closed' && plan.state !== 'cancelled' && writes && (
            <Cancel plan={plan} />
          )}
          {people && people.length > 0 && (
            <p className="row">
              <PrintButton
                label={t('plan.printList')}
                sheet={<PaperList plan={plan} people={people} />}
              />
              <ButtonAnchor
                href={addressOf(routes.distribution.sheet, { params: { planId: plan.id } })}
                download
              >
                {t('plan.sheet')}
              </ButtonAnchor>
            </p>
          )}
        </div>
      </div>
      {seesList ? (
        <Loaded query={list}>{({ items }) => <People plan={plan} people={items} />}</Loaded>
      ) : (
        <p className="soft">{t('people.hidden')}</p>
      )}
    </>
  );
}

function PlanFacts({ plan }: { plan: Plan }) {
  const { t } = useTranslation('console');
  const hours = plan.fromTime && plan.untilTime ? `${plan.fromTime}—${plan.untilTime}` : '';
  return (
    <section className="panel">
      <h2>{t('plan.facts')}</h2>
      <ul className="share-list" aria-label={t('distributions.goods')}>
        {plan.lines.map((line) => (
          <li key={line.item.id} className="share">
            <ThingPicture item={line.item} />
            <span>
              <strong>{line.item.name}</strong>{' '}
              {t(
                `distributions.${line.perHead ? 'perHead' : plan.basis === 'household' ? 'perHousehold' : 'perPerson'}`,
                { count: line.quantity, unit: line.item.unit },
              )}
            </span>
          </li>
        ))}
      </ul>
      <Facts
        rows={[
          [t('distributions.number'), plan.number],
          [
            t('plan.when'),
            <>
              <DateText at={plan.onDay} /> {hours}
            </>,
          ],
          [t('plan.where'), plan.way === 'door' ? t('plan.door') : (plan.place?.name ?? '')],
          [t('plan.area'), plan.area.name],
          [t('plan.giver'), plan.giverLabel],
          [t('plan.stock'), plan.stockPlace.name],
          [t('plan.madeBy'), plan.madeBy],
          ...(plan.valueFen > 0
            ? [[t('plan.valueOf'), <Money fen={plan.valueFen} />] as const]
            : []),
        ]}
      />
    </section>
  );
}

function Figures({ plan }: { plan: Plan }) {
  const { t } = useTranslation('console');
  const { figures } = plan;
  const received = figures.handed + figures.proxy;
  const others = figures.refused + figures.absent + figures.moved + figures.died;
  const tiles = [
    ['listed', figures.listed],
    ['handed', received],
    ['waiting', figures.waiting],
    ['others', others],
  ] as const;
  return (
    <section className="panel">
      <div className="plan-figures">
        {tiles.map(([key, count]) => (
          <div key={key} className="figure-tile">
            <span className="soft small">{t(`plan.${key}`)}</span>
            <strong className="figure-value number">{count}</strong>
          </div>
        ))}
      </div>
      <progress
        className="queue-progress"
        value={received}
        max={Math.max(1, figures.listed)}
        aria-label={t('handOver.progress', { done: received, all: figures.listed })}
      />
      {plan.ready.length > 0 && (
        <>
          <h3>{t('plan.ready')}</h3>
          <ul className="list">
            {plan.ready.map((one) => (
              <li key={one.id}>
                <span>
                  <strong>{one.itemName}</strong> <span className="soft small">{one.batch}</span>
                </span>
                <span className="number">
                  {t(plan.state === 'closed' ? 'plan.readyBack' : 'plan.readyOf', {
                    taken: one.taken,
                    handed: one.handed,
                    left: one.left,
                  })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** From the list to the leftovers: what is done, what is under way, what comes. */
function usePlanSteps(plan: Plan): Step[] {
  const { t, i18n } = useTranslation('console');
  const order = ['draft', 'submitted', 'approved', 'closed'];
  const now = order.indexOf(plan.state);
  const stateAt = (place: number): Step['state'] =>
    now > place ? 'done' : now === place ? 'now' : 'ahead';
  const decided = plan.steps.find((step) => step.decision === 'approve');
  return [
    {
      key: 'list',
      title: t('plan.steps.list'),
      state: stateAt(0),
      children: t('plan.steps.listOf', { count: plan.figures.listed }),
    },
    { key: 'submit', title: t('plan.steps.submit'), state: now > 0 ? 'done' : 'ahead' },
    {
      key: 'decide',
      title: t('plan.steps.decide'),
      state: stateAt(1),
      children: decided?.byName,
    },
    {
      key: 'day',
      title: t('plan.steps.day'),
      state: stateAt(2),
      children: dateWords(plan.onDay, i18n.language, false),
    },
    { key: 'close', title: t('plan.steps.close'), state: now === 3 ? 'done' : 'ahead' },
  ];
}
