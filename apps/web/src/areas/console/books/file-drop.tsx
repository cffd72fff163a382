import type { RouteDefinition, RouteInput, RouteOutput } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiRefusal, asRefusal } from '../../../shared/api/refusal.ts';
import { uploadFile } from '../../../shared/api/upload.ts';
import { RefusalNotice } from '../../../shared/ui/index.ts';
import { DropZone } from '../parts/drop-zone.tsx';

interface FileDropProps<R extends RouteDefinition> {
  /** What the file is, for the button. */
  label: string;
  lead: string;
  route: R;
  input?: RouteInput<R>;
  onRead: (answer: RouteOutput<R>) => void;
}

/** A place to drop one file on, or to choose it; it is sent at once, and what comes back is told. */
export function FileDrop<R extends RouteDefinition>(props: FileDropProps<R>) {
  const { t } = useTranslation('console');
  const { sending, refusal, send } = useSending(props);
  return (
    <DropZone
      label={props.label}
      choose={t('books.file.choose')}
      accept=".xlsx,.csv,.txt"
      busy={sending !== null}
      onFiles={([file]) => void send(file)}
      after={
        <>
          <p role="status">{sending !== null && t('books.file.reading', { name: sending })}</p>
          {refusal && <RefusalNotice refusal={refusal} />}
        </>
      }
    >
      <p className="soft">{props.lead}</p>
      <p>{t('books.file.drop')}</p>
    </DropZone>
  );
}

function useSending<R extends RouteDefinition>({ route, input, onRead }: FileDropProps<R>) {
  const client = useQueryClient();
  const [sending, setSending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<ApiRefusal | null>(null);
  async function send(file: File | undefined) {
    if (!file) return;
    setSending(file.name);
    setRefusal(null);
    try {
      onRead(await uploadFile({ route, input, file, name: file.name }));
    } catch (thrown) {
      setRefusal(asRefusal(thrown));
    }
    setSending(null);
    void client.invalidateQueries();
  }
  return { sending, refusal, send };
}
