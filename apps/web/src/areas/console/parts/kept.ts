import { useCallback, useState } from 'react';

/** A choice of this device (a saved view, an own phrase, a switch); falls back where storage is forbidden. */
export function useKept<T>(key: string, initial: T) {
  const [value, setValue] = useState<T>(() => {
    try {
      const text = localStorage.getItem(`console:${key}`);
      return text ? (JSON.parse(text) as T) : initial;
    } catch {
      return initial;
    }
  });
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(`console:${key}`, JSON.stringify(next));
      } catch {
        // Without storage the choice lasts as long as the page.
      }
    },
    [key],
  );
  return [value, keep] as const;
}
