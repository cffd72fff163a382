import type { RouteOutput, routes } from '@wennuan/contract';
import { createContext, useContext } from 'react';
import type { Catalogue, Definition, FactField } from './definition.ts';
import type { Path } from './tree.ts';

export type Problem = RouteOutput<typeof routes.program.preview>['problems'][number];

/** What every part of the editor works on. */
export interface Editing {
  definition: Definition;
  /** Puts a value at a path. */
  set: (path: Path, value: unknown) => void;
  change: (how: (now: Definition) => Definition) => void;
  /** Problems that are shown now, each beside its place. */
  problems: readonly Problem[];
  catalogue: Catalogue;
}

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('no definition is being edited here');
  return editing;
}

/** The name under which a field's problem finds it. */
export const nameOf = (path: Path) => path.join('.');

/** What is wrong exactly here, or, `within`, anywhere below. */
export function useProblem(path: Path, within = false): Problem | undefined {
  const { problems } = useEditing();
  const name = nameOf(path);
  return problems.find((one) => one.path === name || (within && one.path.startsWith(`${name}.`)));
}

/** The field of the catalogue, or undefined. */
export function useField(code: string): FactField | undefined {
  return useEditing().catalogue.fields.find((one) => one.code === code);
}

/** Binds a field to what stands at a path of the definition: `<TextField {...at('name', 'zh')} label=… />`. */
export function useAt() {
  const { definition, set } = useEditing();
  return (...path: readonly string[]) => ({
    name: nameOf(path),
    value: String(path.reduce<unknown>(valueAt, definition) ?? ''),
    onChange: (value: string) => set(path, value),
  });
}

const valueAt = (holder: unknown, key: string): unknown =>
  (holder as Readonly<Record<string, unknown>>)[key];
