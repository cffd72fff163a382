import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import { Form, Loaded, say, TextArea, TextField } from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';

const REPORT_MOST = 20_000;

interface PublishFormProps {
  dutyId: string;
  title: string;
  /** The wording made from the ledger. */
  text: string;
}

/** A person edits the draft and publishes it; what is published is never changed. */
export function PublishForm({ dutyId, title, text }: PublishFormProps) {
  const { t } = useTranslation('console');
  const draft = useDraft(`desk:disclosure:${dutyId}`, { title, text });
  const publish = useSend(routes.disclosure.publish);
  const checks = useChecks();
  const filled = useFilled();
  const { value } = draft;
  function send() {
    const fine = checks.pass({
      title: filled(value.title, t('disclosures.reportTitle')),
      text: filled(value.text, t('disclosures.reportText')),
    });
    if (!fine) return;
    publish.run({ params: { dutyId }, body: value }, () => {
      draft.clear();
      say(t('disclosures.publishedNow'));
    });
  }
  return (
    <section className="panel">
      <h2>{t('disclosures.publish')}</h2>
      <p className="soft">{t('disclosures.publishLead')}</p>
      <Form
        scope="publish"
        errors={checks.errors}
        call={publish}
        onSend={send}
        send={t('disclosures.publishSend')}
      >
        <TextField {...draft.field('title')} label={t('disclosures.reportTitle')} maxLength={100} />
        <TextArea
          {...draft.field('text')}
          label={t('disclosures.reportText')}
          rows={14}
          most={REPORT_MOST}
        />
      </Form>
    </section>
  );
}

/** Says why a duty does not apply. */
export function VoidForm({ dutyId }: { dutyId: string }) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const send = useSend(routes.disclosure.voidDuty);
  return (
    <details className="panel">
      <summary>{t('disclosures.void')}</summary>
      <Form
        scope="void"
        call={send}
        onSend={() => send.run({ params: { dutyId }, body: { reason } })}
        send={t('disclosures.voidSend')}
        kind="secondary"
      >
        <TextField
          name="reason"
          label={t('disclosures.voidReason')}
          hint={t('disclosures.voidHint')}
          value={reason}
          maxLength={500}
          onChange={setReason}
        />
      </Form>
    </details>
  );
}

/** Corrects what was published: the old text stays beside the new one. */
export function CorrectForm({ number }: { number: string }) {
  const query = useRoute(routes.disclosure.disclosure, { params: { number } });
  return (
    <Loaded query={query}>
      {(published) => (
        <Correct key={published.corrections.length} number={number} text={published.text} />
      )}
    </Loaded>
  );
}

function Correct({ number, text: published }: { number: string; text: string }) {
  const { t } = useTranslation('console');
  const [text, setText] = useState(published);
  const [note, setNote] = useState('');
  const send = useSend(routes.disclosure.correct);
  return (
    <section className="panel">
      <h2>{t('disclosures.correct')}</h2>
      <p className="soft">{t('disclosures.correctLead')}</p>
      <Form
        scope="correct"
        call={send}
        onSend={() =>
          send.run({ params: { number }, body: { note, text } }, () =>
            say(t('disclosures.corrected')),
          )
        }
        send={t('disclosures.correctSend')}
      >
        <TextField
          name="note"
          label={t('disclosures.correctNote')}
          value={note}
          maxLength={500}
          onChange={setNote}
        />
        <TextArea
          name="text"
          label={t('disclosures.reportText')}
          rows={12}
          most={REPORT_MOST}
          value={text}
          onChange={setText}
        />
      </Form>
    </section>
  );
}
