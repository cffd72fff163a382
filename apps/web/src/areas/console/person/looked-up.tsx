import { type RouteOutput, routes } from '@wennuan/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoth } from '../../../shared/program/words.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, ButtonLink, Notice, RefusalNotice, say, State } from '../../../shared/ui/index.ts';
import { PersonForm } from '../parts/person-form.tsx';
import { useSend } from '../parts/send.ts';
import { AidList, EntitledWords } from './aid.tsx';

type Answer = RouteOutput<typeof routes.file.lookUp>;
type Card = NonNullable<Answer['person']>;

interface LookedUpProps {
  answer: Answer;
  onDone: () => void;
}

/** Whom the counter found: one with what she may have, several to choose from, or nobody. */
export function LookedUp({ answer, onDone }: LookedUpProps) {
  const { t } = useTranslation('console');
  if (answer.person) return <Found person={answer.person} />;
  if (answer.outcome === 'several')
    return (
      <>
        <h2>{t('counter.several', { count: answer.others.length })}</h2>
        <ul className="list">
          {answer.others.map((one) => (
            <li key={one.id}>
              <Link to="/desk/persons/$personId" params={{ personId: one.id }}>
                {one.maskedName}
              </Link>
              <span className="soft small">
                {one.area.name}
                {one.bornYear !== null && ` · ${t('need.fresh.bornYear', { year: one.bornYear })}`}
              </span>
            </li>
          ))}
        </ul>
      </>
    );
  if (answer.unplaced && answer.idNumber) return <Unplaced idNumber={answer.idNumber} />;
  return <Unknown idNumber={answer.idNumber} onDone={onDone} />;
}

function Found({ person }: { person: Card }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const { session } = useSession();
  const who = [
    t(`codes.gender.${person.gender}`),
    person.age !== null && t('person.age', { age: person.age }),
    person.area.name,
  ].filter(Boolean);
  return (
    <>
      <p className="counter-who">
        <strong>{person.maskedName}</strong> <span>{who.join(' · ')}</span>{' '}
        {person.groups.map((group) => (
          <State key={group.en} tone="accent">
            {both(group)}
          </State>
        ))}
      </p>
      {person.diedOn && <Notice tone="late" title={t('counter.died', { date: person.diedOn })} />}
      <div className="counter-parts">
        <CardParts person={person} />
      </div>
      <p className="row">
        <ButtonLink kind="primary" to="/desk/persons/$personId" params={{ personId: person.id }}>
          {t('counter.openFile')}
        </ButtonLink>
        {holds(session, 'need.file') && (
          <ButtonLink to="/desk/needs/new" search={{ personId: person.id }}>
            {t('counter.register')}
          </ButtonLink>
        )}
      </p>
    </>
  );
}

function CardParts({ person }: { person: Card }) {
  const { t } = useTranslation('console');
  const others = person.household?.members.filter((one) => !one.isSelf && one.until === null) ?? [];
  return (
    <>
      <section>
        <h3>{t('counter.entitled')}</h3>
        {person.entitlements.length === 0 && <p className="soft">{t('counter.entitledNone')}</p>}
        <ul className="list">
          {person.entitlements.map((one) => (
            <li key={one.code}>
              <EntitledWords line={one} />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t('counter.had')}</h3>
        {person.aid.length === 0 && <p className="soft">{t('counter.hadNone')}</p>}
        <AidList lines={person.aid} />
      </section>
      <section>
        <h3>{t('counter.openNeeds')}</h3>
        {person.openNeeds.length === 0 && <p className="soft">{t('counter.openNeedsNone')}</p>}
        <ul className="list">
          {person.openNeeds.map((need) => (
            <li key={need.id}>
              <Link to="/desk/needs/$needId" params={{ needId: need.id }}>
                <span className="number">{need.number}</span> {need.title}
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t('counter.household')}</h3>
        <p className={others.length === 0 ? 'soft' : undefined}>
          {others.length === 0
            ? t('counter.alone')
            : t('counter.householdOf', {
                count: others.length + 1,
                names: others.map((one) => one.maskedName || t('person.notInArea')).join('、'),
              })}
        </p>
      </section>
    </>
  );
}

/** Rosters know her but not where she lives: here is who stands before the counter, so she is taken in. */
function Unplaced({ idNumber }: { idNumber: string }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const navigate = useNavigate();
  const take = useSend(routes.file.takeIn);
  return (
    <>
      <h2>{t('counter.unplaced')}</h2>
      <p>{t('counter.unplacedBody')}</p>
      {take.refusal && <RefusalNotice refusal={take.refusal} />}
      {holds(session, 'person.write') && (
        <p>
          <Button
            kind="primary"
            busy={take.busy}
            onPress={() =>
              take.run({ body: { idNumber } }, ({ id }) => {
                say(t('counter.takenIn'));
                void navigate({ to: '/desk/persons/$personId', params: { personId: id } });
              })
            }
          >
            {t('counter.takeIn')}
          </Button>
        </p>
      )}
    </>
  );
}

function Unknown({ idNumber, onDone }: { idNumber: string | null; onDone: () => void }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [creating, setCreating] = useState(false);
  if (creating)
    return (
      <PersonForm
        idNumber={idNumber ?? ''}
        send={t('create.send')}
        onCancel={() => setCreating(false)}
        onDone={onDone}
      />
    );
  return (
    <>
      <h2>{t('counter.unknown')}</h2>
      <p>{t('counter.unknownBody')}</p>
      {holds(session, 'person.write') && (
        <p>
          <Button kind="primary" onPress={() => setCreating(true)}>
            {t('counter.create')}
          </Button>
        </p>
      )}
    </>
  );
}
