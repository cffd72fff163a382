import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoth } from '../../../shared/program/words.ts';
import { Button, Notice, RefusalNotice, say } from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

type Trial = RouteOutput<typeof routes.program.importDefinitions>;

/** Brings a file of definitions in: first what it would do or what is wrong where, then, agreed, as drafts. */
export function ImportPrograms({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const bring = useSend(routes.program.importDefinitions);
  const [read, setRead] = useState<{ definitions: unknown; trial: Trial } | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  async function look(file: File | undefined) {
    setRead(null);
    setUnreadable(false);
    if (!file) return;
    let definitions: unknown;
    try {
      definitions = JSON.parse((await file.text()).replace(/^\uFEFF/, ''));
    } catch {
      return setUnreadable(true);
    }
    bring.run({ body: { definitions, trial: true } }, (trial) => setRead({ definitions, trial }));
  }
  function agree() {
    bring.run({ body: { definitions: read!.definitions, trial: false } }, (done) => {
      say(t('program.import.done', { count: done.added.length + done.changed.length }));
      onDone();
    });
  }
  return (
    <section className="panel">
      <h2>{t('program.import.title')}</h2>
      <p className="soft">{t('program.import.lead')}</p>
      <label className="field">
        <span className="field-label">{t('program.import.file')}</span>
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => void look(event.target.files?.[0])}
        />
      </label>
      {isUnreadable && <Notice tone="late" title={t('program.import.unreadable')} />}
      {bring.refusal && <RefusalNotice refusal={bring.refusal} />}
      {read && <Found trial={read.trial} busy={bring.busy} onAgree={agree} />}
    </section>
  );
}

function Found(props: { trial: Trial; busy: boolean; onAgree: () => void }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const { added, changed, unchanged, problems } = props.trial;
  if (problems.length > 0)
    return (
      <Notice tone="late" title={t('program.import.problems', { count: problems.length })}>
        <ul className="program-problems">
          {problems.map((one) => (
            <li key={`${one.path} ${one.zh}`}>
              <code>{one.path}</code> {both(one)}
            </li>
          ))}
        </ul>
      </Notice>
    );
  const news = added.length + changed.length;
  return (
    <div role="status">
      <p>
        {t('program.import.found', {
          added: added.length,
          changed: changed.length,
          unchanged: unchanged.length,
        })}
      </p>
      {news > 0 && (
        <Button kind="primary" busy={props.busy} onPress={props.onAgree}>
          {t('program.import.agree', { count: news })}
        </Button>
      )}
    </div>
  );
}
