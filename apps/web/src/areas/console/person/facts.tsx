import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { Timeline } from '../../../shared/charts/index.ts';
import { useBoth } from '../../../shared/program/words.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, DateText, RefusalNotice, say, State } from '../../../shared/ui/index.ts';
import { type PersonFile, sensitiveFields } from '../parts/codes.ts';
import { today } from '../parts/instants.ts';
import { MaskedField } from '../parts/masked-field.tsx';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';
import { FactForm } from './fact-form.tsx';
import { usePeriodWords, useSourceWords } from './source-words.ts';

type FieldFacts = PersonFile['facts'][number];
type FactValue = FieldFacts['values'][number];

/** Groups with since and until, as bars over the years. */
export function Groups({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const sourceWords = useSourceWords();
  const periodWords = usePeriodWords();
  return (
    <section className="panel">
      <h2>{t('person.groups')}</h2>
      {file.groups.length === 0 ? (
        <p className="soft">{t('person.groupsEmpty')}</p>
      ) : (
        <Timeline
          label={t('person.groups')}
          headings={[t('person.groups'), t('person.now')]}
          today={today()}
          spans={file.groups.map((group) => ({
            key: String(group.id),
            label: group.words ? both(group.words) : '',
            since: group.since,
            until: group.until,
            words: `${periodWords(group)} · ${sourceWords(group.source)}`,
          }))}
        />
      )}
    </section>
  );
}

/** Every fact in words with its source and date; conflicts side by side, sensitive ones masked. */
export function Facts({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  return (
    <section className="panel">
      <h2>{t('person.facts')}</h2>
      <p className="soft small">{t('person.factsLead')}</p>
      {file.facts.length === 0 && <p>{t('person.factsEmpty')}</p>}
      <FactList personId={file.id} facts={file.facts} />
      {holds(session, 'person.write') && <FactForm personId={file.id} />}
    </section>
  );
}

/** Facts by field; also what another department said when it was asked. */
export function FactList({ personId, facts }: { personId: string; facts: readonly FieldFacts[] }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  return (
    <dl className="fact-list">
      {facts.map((field) => (
        <div key={field.field} className="fact">
          <dt>
            {both(field.title)}{' '}
            {field.isConflict && <State tone="warned">{t('person.conflict')}</State>}
          </dt>
          <dd>
            <Values personId={personId} field={field} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Values({ personId, field }: { personId: string; field: FieldFacts }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const now = field.values.filter((value) => value.isCurrent);
  const before = field.values.filter((value) => !value.isCurrent);
  const isMasked = field.values.some((value) => value.words === null);
  const code = oneOf(sensitiveFields, field.field);
  return (
    <>
      {isMasked && code && (
        <MaskedField
          personId={personId}
          field={code}
          label={both(field.title)}
          masked={t('file.masked')}
        />
      )}
      <ul className="sayings">
        {now.map((value) => (
          <li key={value.id}>
            <Value personId={personId} title={both(field.title)} value={value} />
          </li>
        ))}
      </ul>
      {before.length > 0 && (
        <details className="plain-details">
          <summary className="small">{t('person.earlier')}</summary>
          <ul className="sayings">
            {before.map((value) => (
              <li key={value.id}>
                <Value personId={personId} title={both(field.title)} value={value} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface ValueProps {
  personId: string;
  title: string;
  value: FactValue;
}

function Value({ personId, title, value }: ValueProps) {
  const both = useBoth();
  const sourceWords = useSourceWords();
  const periodWords = usePeriodWords();
  const { session } = useSession();
  const isOwnNote = value.isNote && value.isCurrent;
  return (
    <>
      {value.words && <strong>{both(value.words)}</strong>}{' '}
      <span className="soft small">
        {value.since || value.until ? `${periodWords(value)} · ` : ''}
        {sourceWords(value.source)} · <DateText at={value.source.on} />
      </span>
      {isOwnNote && holds(session, 'person.write') && (
        <EndFact personId={personId} factId={value.id} title={title} />
      )}
    </>
  );
}

function EndFact({ personId, factId, title }: { personId: string; factId: number; title: string }) {
  const { t } = useTranslation('console');
  const end = useSend(routes.file.endFact);
  return (
    <>
      <Button
        kind="quiet"
        busy={end.busy}
        label={t('person.factEndLabel', { field: title })}
        onPress={() => end.run({ params: { personId, factId } }, () => say(t('person.factEnded')))}
      >
        {t('person.factEnd')}
      </Button>
      {end.refusal && <RefusalNotice refusal={end.refusal} />}
    </>
  );
}
