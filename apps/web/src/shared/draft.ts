import { useCallback, useEffect, useState } from 'react';
import { valuesOf } from './values.ts';

const PREFIX = 'draft:';
const KEPT_DAYS = 7;

interface Kept<T> {
  at: number;
  value: T;
}

function read<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(PREFIX + key);
    if (!text) return null;
    const kept = JSON.parse(text) as Kept<T>;
    return Date.now() - kept.at < KEPT_DAYS * 86_400_000 ? kept.value : null;
  } catch {
    return null;
  }
}

/**
 * A form's values, kept on the device until they are sent: through sign-in, reload, a closed tab and a
 * lost network. `clear` is called once the server has them. Kept at most seven days. In a page that the
 * server renders, the draft appears after the first paint, because the server cannot know it.
 */
export function useDraft<T extends object>(key: string, empty: T) {
  const [value, setValue] = useState<T>(empty);
  const [restored, setRestored] = useState(false);
  useEffect(() => {
    const kept = read<T>(key);
    if (kept) setValue((now) => ({ ...now, ...kept }));
    setRestored(kept !== null);
  }, [key]);
  const update = useCallback(
    (change: Partial<T>) =>
      setValue((now) => {
        const next = { ...now, ...change };
        try {
          localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), value: next }));
        } catch {
          // A full or forbidden storage must not stop somebody from typing.
        }
        return next;
      }),
    [key],
  );
  const clear = useCallback(() => {
    localStorage.removeItem(PREFIX + key);
    setValue(empty);
    setRestored(false);
  }, [key, empty]);
  return { ...valuesOf(value, update), clear, restored };
}

/** Forgets all drafts of this device: on sign-out, because the next user of the telephone may be another. */
export function forgetDrafts() {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}
