import type { RouteDefinition, RouteInput, RouteOutput } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiRefusal, asRefusal } from '../../../shared/api/refusal.ts';
import { uploadFile } from '../../../shared/api/upload.ts';
import { Button, RefusalNotice } from '../../../shared/ui/index.ts';

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
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { sending, refusal, send } = useSending(props);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };
  return (
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="soft">{props.lead}</p>
      <p>{t('books.file.drop')}</p>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        aria-label={props.label}
        tabIndex={-1}
        accept=".xlsx,.csv,.txt"
        onChange={(event) => {
          void send(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button busy={sending !== null} onPress={() => input.current?.click()}>
        {t('books.file.choose')}
      </Button>
      <p role="status">{sending !== null && t('books.file.reading', { name: sending })}</p>
      {refusal && <RefusalNotice refusal={refusal} />}
    </div>
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
