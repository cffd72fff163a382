import { type RouteOutput, routes } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiRefusal } from '../../../shared/api/refusal.ts';
import { uploadFile } from '../../../shared/api/upload.ts';

type Read = RouteOutput<typeof routes.roster.read>;

/** A file on its way in. */
export interface RosterFile {
  key: number;
  name: string;
  /** Share sent, 0 to 1. */
  sent: number;
  answer: Read | null;
  refusal: ApiRefusal | null;
}

let keys = 0;

/** Files that are sent and read one after another, so that a slow line carries one at a time. */
export function useRosterFiles() {
  const [files, setFiles] = useState<readonly RosterFile[]>([]);
  const client = useQueryClient();
  const change = (key: number, now: Partial<RosterFile>) =>
    setFiles((before) => before.map((one) => (one.key === key ? { ...one, ...now } : one)));
  async function sendAll(chosen: readonly File[]) {
    const added = chosen.map((file) => ({ file, key: ++keys }));
    setFiles((before) => [
      ...before,
      ...added.map(({ file, key }) => ({
        key,
        name: file.name,
        sent: 0,
        answer: null,
        refusal: null,
      })),
    ]);
    for (const { file, key } of added) {
      try {
        const answer = await uploadFile({
          route: routes.roster.read,
          file,
          name: file.name,
          onProgress: (sent) => change(key, { sent }),
        });
        change(key, { answer, sent: 1 });
      } catch (thrown) {
        if (!(thrown instanceof ApiRefusal)) throw thrown;
        change(key, { refusal: thrown });
      }
    }
    await client.invalidateQueries();
  }
  return {
    files,
    send: (chosen: readonly File[]) => void sendAll(chosen),
    /** Takes files off the list that are dealt with. */
    clear: () => setFiles([]),
    busy: files.some(({ answer, refusal }) => !answer && !refusal),
  };
}
