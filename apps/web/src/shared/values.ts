import { useCallback, useState } from 'react';

/** What a form holds, by the names its contract uses, and what its fields take hold of. */
export interface Values<T extends object> {
  value: T;
  update: (change: Partial<T>) => void;
  /** Binds a field to the value of its name: `<TextField {...field('place')} label=… />`. */
  field: <Name extends keyof T & string>(
    name: Name,
  ) => { name: Name; value: T[Name]; onChange: (next: T[Name]) => void };
  /** Binds a checkbox to the value of its name. */
  tick: <Name extends keyof T & string>(
    name: Name,
  ) => { name: Name; checked: T[Name]; onChange: (next: T[Name]) => void };
}

/** Values that somebody else keeps, as a form takes them. */
export function valuesOf<T extends object>(
  value: T,
  update: (change: Partial<T>) => void,
): Values<T> {
  const change =
    <Name extends keyof T & string>(name: Name) =>
    (next: T[Name]) =>
      update({ [name]: next } as unknown as Partial<T>);
  return {
    value,
    update,
    field: (name) => ({ name, value: value[name], onChange: change(name) }),
    tick: (name) => ({ name, checked: value[name], onChange: change(name) }),
  };
}

/** A form's values while its page is open; `useDraft` keeps them on the device as well. */
export function useValues<T extends object>(first: T | (() => T)) {
  const [value, setValue] = useState<T>(first);
  const update = useCallback(
    (change: Partial<T>) => setValue((now) => ({ ...now, ...change })),
    [],
  );
  return { ...valuesOf(value, update), setValue };
}
