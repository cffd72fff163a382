import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText, Form, say, TextField } from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';

type Overview = RouteOutput<typeof routes.book.overview>;

/** What was said about a month: notes of the accountant, and those of corrections. */
export function MonthNotes({ overview, mayWrite }: { overview: Overview; mayWrite: boolean }) {
  const { t } = useTranslation('console');
  const [text, setText] = useState('');
  const add = useSend(routes.book.addNote);
  const checks = useChecks();
  const filled = useFilled();
  return (
    <section className="panel" aria-label={t('books.month.notes')}>
      <h2>{t('books.month.notes')}</h2>
      {overview.notes.length === 0 && <p className="soft">{t('books.month.noNotes')}</p>}
      <ul>
        {overview.notes.map((note) => (
          <li key={note.at + note.text}>
            {note.text}{' '}
            <small className="soft">
              <DateText at={note.at} />
            </small>
          </li>
        ))}
      </ul>
      {mayWrite && (
        <Form
          call={add}
          errors={checks.errors}
          onSend={() => {
            if (!checks.pass({ text: filled(text, t('books.month.note')) })) return;
            add.run({ params: { month: overview.month.month }, body: { text } }, () => {
              setText('');
              say(t('books.month.noted'));
            });
          }}
          send={t('books.month.noteSend')}
          kind="secondary"
        >
          <TextField name="text" label={t('books.month.note')} value={text} onChange={setText} />
        </Form>
      )}
    </section>
  );
}
