import { type RouteOutput, routes } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '../../../shared/api/refusal.ts';
import { uploadFile } from '../../../shared/api/upload.ts';
import { useRefusalText } from '../../../shared/ui/index.ts';
import { DropZone } from '../parts/drop-zone.tsx';

export type Statement = RouteOutput<typeof routes.payment.statements>['items'][number];
export type StatementProblem = Statement['notes'][number];

interface Sending {
  name: string;
  share: number;
}

/** A place to drop statement files on, or to choose them. Each is read at once; nothing is imported by it. */
export function StatementDrop({ onRead }: { onRead: (problems: StatementProblem[]) => void }) {
  const { t } = useTranslation('console');
  const { sending, send } = useReading(onRead);
  return (
    <DropZone
      multiple
      label={t('reconciliation.choose')}
      choose={t('reconciliation.choose')}
      accept=".csv,.txt,.gz,text/csv"
      busy={sending !== null}
      onFiles={(files) => void send(files)}
      after={
        <p role="status">
          {sending && (
            <>
              {t('reconciliation.reading', { name: sending.name })}{' '}
              <progress value={sending.share} aria-label={sending.name} />
            </>
          )}
        </p>
      }
    >
      <p>
        <strong>{t('reconciliation.drop')}</strong>
      </p>
      <p className="soft">{t('reconciliation.dropHint')}</p>
    </DropZone>
  );
}

/** Sends files one after another and tells what is wrong with any of them. */
function useReading(onRead: (problems: StatementProblem[]) => void) {
  const text = useRefusalText();
  const client = useQueryClient();
  const [sending, setSending] = useState<Sending | null>(null);
  async function send(files: readonly File[]) {
    const problems: StatementProblem[] = [];
    for (const file of files) {
      setSending({ name: file.name, share: 0 });
      try {
        const answer = await uploadFile({
          route: routes.payment.readStatement,
          file,
          name: file.name,
          onProgress: (share) => setSending({ name: file.name, share }),
        });
        problems.push(...answer.problems);
      } catch (thrown) {
        problems.push({ fileName: file.name, line: null, message: text(asRefusal(thrown)) });
      }
    }
    setSending(null);
    onRead(problems);
    void client.invalidateQueries();
  }
  return { sending, send };
}
