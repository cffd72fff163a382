import { newId } from '@wennuan/basics';
import { type RouteInput, routes } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '../../../shared/api/query.ts';
import { asRefusal } from '../../../shared/api/refusal.ts';
import { uploadPicture } from '../../../shared/api/upload.ts';
import { useSession } from '../../../shared/session/session.ts';

type Body = RouteInput<typeof routes.distribution.handOver>['body'];

/** A tick that the server does not have yet; the signature stays a picture until it is sent. */
export interface Waiting {
  body: Body;
  serial: number;
  signature: string | null;
}

/** A tick that was refused for good: what the server said about it. */
export interface Failed {
  serial: number;
  message: string;
}

const AGAIN_MILLIS = 4_000;
/** The server has decided: sending it again would be answered the same. Everything else may pass, also a session that ended. */
const DECIDED: readonly number[] = [400, 403, 404, 409, 413];

/** The picture of a data address. Read here, as the content security policy lets no page fetch one. */
function pictureOf(address: string): Blob {
  const bytes = atob(address.slice(address.indexOf(',') + 1));
  return new Blob([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], {
    type: 'image/png',
  });
}

function readKept(key: string): Waiting[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as Waiting[];
  } catch {
    return [];
  }
}

/**
 * Ticks, kept on the device until the server has them: through a lost network and a closed tab. Each has an
 * id of its own, so that sending it again is the same tick. Sent one after the other, in their order.
 */
export function useTicks(planId: string) {
  const { session } = useSession();
  const key = `ticks:${session?.accountId ?? ''}:${planId}`;
  const call = useApi();
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<readonly Waiting[]>(() => readKept(key));
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const now = useRef(waiting);
  const sending = useRef(false);

  const keep = useCallback(
    (next: readonly Waiting[]) => {
      now.current = next;
      setWaiting(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Without storage it lasts as long as the page.
      }
    },
    [key],
  );
  const flush = useCallback(async () => {
    if (sending.current) return;
    sending.current = true;
    try {
      while (now.current.length > 0) {
        const first = now.current[0]!;
        try {
          let { body } = first;
          if (first.signature && !body.signatureId) {
            const picture = pictureOf(first.signature);
            const { id } = await uploadPicture(picture, 'signature.png', () => undefined);
            body = { ...body, signatureId: id };
            // With those behind it that were ticked while the picture was on its way.
            keep([{ ...first, body }, ...now.current.slice(1)]);
          }
          await call(routes.distribution.handOver, { params: { planId }, body });
        } catch (thrown) {
          const refusal = asRefusal(thrown);
          if (!DECIDED.includes(refusal.status)) return;
          setFailed((all) => [...all, { serial: first.serial, message: refusal.message }]);
        }
        keep(now.current.slice(1));
        void client.invalidateQueries();
      }
    } finally {
      sending.current = false;
    }
  }, [call, client, keep, planId]);
  useEffect(() => {
    void flush();
    const timer = setInterval(() => void flush(), AGAIN_MILLIS);
    const again = () => void flush();
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [flush]);
  return {
    waiting,
    failed,
    forgetFailed: () => setFailed([]),
    add: (tick: Omit<Body, 'tickId'>, more: { serial: number; signature: string | null }) => {
      keep([...now.current, { body: { ...tick, tickId: newId() }, ...more }]);
      void flush();
    },
  };
}
