import { type NeedMove, type RouteInput, routes } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeQuery, useApi } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import { valuesOf } from '../../../shared/values.ts';
import { say } from '../../../shared/ui/index.ts';
import { useChecks } from '../parts/checks.ts';
import type { NeedView } from '../parts/codes.ts';
import { useSend } from '../parts/send.ts';

export type MoveInput = RouteInput<typeof routes.need.move>['body'];

/** What every move carries; a form's own fields come beside it. */
export const commonFields = { note: '', attachmentIds: [] as readonly string[] };
type Common = typeof commonFields;

export interface MoveProps {
  need: NeedView;
  move: NeedMove;
  /** Called once the server has it. */
  onDone: () => void;
}

/**
 * One move's form: what is typed is kept on the device until it is sent; the version it was opened with
 * goes along, so that nobody decides on a state she has not seen. `empty` must be a constant.
 */
export function useMove<T extends Common>({ need, move, onDone }: MoveProps, empty: T) {
  const { t } = useTranslation('console');
  const draft = useDraft(`desk:move:${need.id}:${move}`, empty);
  const send = useSend(routes.need.move);
  const undo = useSend(routes.need.move);
  const checks = useChecks();
  const client = useQueryClient();
  const call = useApi();
  const [seenVersion, setSeenVersion] = useState(need.version);
  const busyElsewhere = send.refusal?.code === 'busy_elsewhere';
  useEffect(() => {
    if (busyElsewhere) void client.invalidateQueries();
  }, [busyElsewhere, client]);
  // Who has typed nothing yet decides on what the page shows now: no need to ask.
  const untouched = JSON.stringify(draft.value) === JSON.stringify(empty);
  useEffect(() => {
    if (untouched) setSeenVersion(need.version);
  }, [untouched, need.version]);
  const params = { needId: need.id };
  // The answer is the newest record: without it the next form would open with the version before.
  const show = (answer: NeedView) =>
    client.setQueryData(routeQuery(call, routes.need.read, { params }).queryKey, answer);
  function submit(body: MoveInput) {
    send.run({ params, body }, (answer) => {
      show(answer);
      draft.clear();
      const canUndo = answer.moves.some((one) => one.move === 'undo' && one.allowed);
      const back = { move: 'undo', version: answer.version } as const;
      say(
        t('need.field.done', { move: t(`codes.move.${move}`) }),
        canUndo && move !== 'undo'
          ? { label: t('need.field.undo'), run: () => undo.run({ params, body: back }, show) }
          : undefined,
      );
      onDone();
    });
  }
  return {
    ...valuesOf(draft.value, draft.update),
    checks,
    submit,
    /** The fields of every move, with the version that was seen. */
    common: () => ({
      version: seenVersion,
      note: draft.value.note,
      attachmentIds: [...draft.value.attachmentIds],
    }),
    busy: send.busy,
    refusal: send.refusal,
    stale: need.version !== seenVersion,
    accept: () => {
      setSeenVersion(need.version);
      send.reset();
    },
  };
}
