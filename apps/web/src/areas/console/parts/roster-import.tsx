import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonLink,
  Notice,
  RefusalNotice,
  State,
  useRefusalText,
} from '../../../shared/ui/index.ts';
import { DropZone } from './drop-zone.tsx';
import { type RosterFile, useRosterFiles } from './roster-files.ts';
import { useSend } from './send.ts';

type Figures = RouteOutput<typeof routes.roster.import>;

/** Taking rosters in: drop, read, look, import all at once. `waiting` are deliveries read before, also by others. */
export function RosterImport({ waiting }: { waiting: readonly string[] }) {
  const { t } = useTranslation('console');
  const incoming = useRosterFiles();
  const send = useSend(routes.roster.import);
  const [figures, setFigures] = useState<Figures | null>(null);
  function importAll() {
    send.run({ body: { deliveryIds: [...waiting] } }, (done) => {
      setFigures(done);
      incoming.clear();
    });
  }
  return (
    <section className="panel roster-import">
      <DropZone
        multiple
        kind="primary"
        label={t('rosters.drop')}
        choose={t('rosters.choose')}
        accept=".xlsx,.xlsm,.csv,.tsv,.xls"
        after={<p className="soft small">{t('rosters.dropHint')}</p>}
        onFiles={(files) => {
          setFigures(null);
          incoming.send(files);
        }}
      >
        <p>{t('rosters.drop')}</p>
      </DropZone>
      <ul className="roster-files" aria-live="polite">
        {incoming.files.map((file) => (
          <FileLine key={file.key} file={file} />
        ))}
      </ul>
      {send.refusal && <RefusalNotice refusal={send.refusal} />}
      {send.busy && (
        <div role="status">
          <progress aria-label={t('rosters.importing')} />
          <p>{t('rosters.importing')}</p>
        </div>
      )}
      {figures && <Done figures={figures} />}
      {waiting.length > 0 && !incoming.busy && (
        <Button kind="primary" busy={send.busy} onPress={importAll}>
          {t('rosters.importAll', { count: waiting.length })}
        </Button>
      )}
    </section>
  );
}

function Done({ figures }: { figures: Figures }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  return (
    <div role="status">
      <Notice tone="done">
        <p>
          {t('rosters.done', {
            rows: figures.rows,
            persons: figures.persons,
            fresh: figures.newPersons,
            questions: figures.openQuestions,
          })}
        </p>
        {figures.openQuestions > 0 && holds(session, 'roster.review') && (
          <ButtonLink to="/desk/review">{t('rosters.toReview')}</ButtonLink>
        )}
      </Notice>
    </div>
  );
}

function FileLine({ file }: { file: RosterFile }) {
  const { t } = useTranslation('console');
  const refusalText = useRefusalText();
  const { answer, refusal, name } = file;
  if (refusal)
    return (
      <li className="roster-file">
        <State tone="late">{t('rosters.failed')}</State>
        <strong>{name}</strong>
        <span>{refusalText(refusal)}</span>
      </li>
    );
  if (!answer)
    return (
      <li className="roster-file">
        <State tone="running">{file.sent < 1 ? t('rosters.sending') : t('rosters.reading')}</State>
        <strong>{name}</strong>
        <progress aria-label={name} {...(file.sent < 1 && { value: file.sent })} />
      </li>
    );
  const { delivery, outcome } = answer;
  const isNews = outcome === 'read' || delivery.state === 'read';
  return (
    <li className="roster-file">
      <State tone={isNews ? 'done' : 'quiet'}>{delivery.rosterName}</State>
      <strong>{name}</strong>
      <span>
        {isNews
          ? t('rosters.read', {
              rows: delivery.rowCount,
              fresh: delivery.newCount,
              gone: delivery.goneCount,
              changed: delivery.changedCount,
            })
          : t('rosters.same')}
        {isNews && delivery.problemCount > 0 && (
          <> · {t('rosters.problems', { count: delivery.problemCount })}</>
        )}
      </span>
      <ButtonLink to="/desk/rosters/$deliveryId" params={{ deliveryId: delivery.id }}>
        {t('rosters.look')}
      </ButtonLink>
    </li>
  );
}
