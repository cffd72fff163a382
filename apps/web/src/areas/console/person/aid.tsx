import { useTranslation } from 'react-i18next';
import { amountWords, useBoth } from '../../../shared/program/words.ts';
import { DateText, Money, State } from '../../../shared/ui/index.ts';
import type { PersonFile } from '../parts/codes.ts';
import { oneOf } from '../routes.root.tsx';

const SHOWN = 8;

/** What she is entitled to with the reason, and what is missing for the rest. */
export function Entitlements({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const entitled = file.entitlements.filter((one) => one.isCandidate);
  const others = file.entitlements.filter((one) => !one.isCandidate);
  return (
    <section className="panel">
      <h2>{t('person.entitled')}</h2>
      {entitled.length === 0 && <p className="soft">{t('person.entitledEmpty')}</p>}
      <ul className="list">
        {entitled.map((one) => (
          <li key={one.code}>
            <EntitledWords line={one} />
            <span className="soft small">{both(one.reason)}</span>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details className="plain-details">
          <summary>{t('person.notEntitled', { count: others.length })}</summary>
          <ul className="list">
            {others.map((one) => (
              <li key={one.code}>
                <span>
                  <span className="number">{one.code}</span> {both(one.name)}
                </span>
                <span className="soft small">{both(one.reason)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** A programme she is entitled to, with its amount. */
export function EntitledWords({ line }: { line: PersonFile['entitlements'][number] }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const both = useBoth();
  return (
    <span>
      <span className="number">{line.code}</span> <strong>{both(line.name)}</strong>{' '}
      <span className="number">{amountWords(shared, line.amount, line.amountUnit)}</span>{' '}
      <span className="soft small">
        {shared(`program.cadences.${line.cadence}`)}
        {line.throughHousehold && ` · ${t('person.throughHousehold')}`}
      </span>
    </span>
  );
}

/** Aid she got, newest first. */
export function Aid({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const first = file.aid.slice(0, SHOWN);
  const rest = file.aid.slice(SHOWN);
  return (
    <section className="panel">
      <h2>{t('person.aid')}</h2>
      {file.aid.length === 0 && <p className="soft">{t('person.aidEmpty')}</p>}
      <AidList lines={first} />
      {rest.length > 0 && (
        <details className="plain-details">
          <summary>{t('person.aidMore', { count: rest.length })}</summary>
          <AidList lines={rest} />
        </details>
      )}
    </section>
  );
}

/** Where aid of a programme comes from; other aid names its giver. */
const programSources = ['statutory', 'department', 'charity'] as const;

/** Lines of aid: what, how much, when, from whom. */
export function AidList({ lines }: { lines: PersonFile['aid'] }) {
  const { t } = useTranslation();
  const both = useBoth();
  const fromWords = (from: string) => {
    const source = oneOf(programSources, from);
    return source ? t(`program.sources.${source}`) : from;
  };
  return (
    <ul className="list">
      {lines.map((line) => (
        <li key={line.id}>
          <span>
            <strong>{both(line.title)}</strong>{' '}
            {line.amountFen === null ? line.amountWords : <Money fen={line.amountFen} />}{' '}
            <span className="soft small">{fromWords(line.from)}</span>
          </span>
          <span className="soft small">
            <DateText at={line.at} withTime={false} />{' '}
            <State tone="quiet">{both(line.state)}</State>
          </span>
        </li>
      ))}
    </ul>
  );
}
