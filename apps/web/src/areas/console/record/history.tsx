import { roles } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { DateText, State } from '../../../shared/ui/index.ts';
import { type NeedView, stateTones } from '../parts/codes.ts';
import { Pictures } from '../parts/pictures.tsx';

type Entry = NeedView['history'][number];

/** The whole history, newest first: what, who, when, why, with its pictures. */
export function RecordHistory({ need }: { need: NeedView }) {
  const { t } = useTranslation('console');
  const entries = need.history.toSorted((left, right) => right.at.localeCompare(left.at));
  return (
    <section className="panel">
      <h2>{t('need.record.history')}</h2>
      {entries.length === 0 && <p className="soft">{t('need.record.historyEmpty')}</p>}
      <ol className="steps">
        {entries.map((entry, place) => (
          <HistoryStep key={entry.id} entry={entry} newest={place === 0} />
        ))}
      </ol>
    </section>
  );
}

function HistoryStep({ entry, newest }: { entry: Entry; newest: boolean }) {
  const { t } = useTranslation('console');
  const isAlarm = entry.move === 'escalate' || entry.move === 'clock_warned';
  const known = roles.find((role) => role === entry.byRole);
  const role = known ? t(`codes.role.${known}`) : entry.byRole;
  return (
    <li className="step" data-state={newest ? 'now' : 'done'} data-alarm={isAlarm || undefined}>
      <span className="row-between">
        <strong>{t(`codes.move.${entry.move}`)}</strong>
        <State tone={stateTones[entry.state]}>{t(`codes.state.${entry.state}`)}</State>
      </span>
      <span className="soft small">
        {entry.byName}
        {role && ` · ${role}`} · <DateText at={entry.at} />
      </span>
      {entry.note && <p className="pre">{entry.note}</p>}
      <Pictures pictures={entry.attachments} />
    </li>
  );
}
