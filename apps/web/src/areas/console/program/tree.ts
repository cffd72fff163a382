/** A step inside a definition: a key or a place in a list. */
export type Path = readonly (string | number)[];

export type Value = string | number | null;

/** A condition about the person, her household's members, or a sum over them. */
export type Leaf =
  | { field: string; operator: string; value: Value | Value[]; forMonths?: number | null }
  | { household: 'members'; where?: Node; operator: string; value: Value | Value[] }
  | { household: 'total'; field: string; operator: string; value: Value | Value[] };

export type Group = { all: Node[] } | { any: Node[] } | { atLeast: number; of: Node[] };
export type Node = Group | { not: Node } | Leaf;

export const groupKinds = ['all', 'any', 'atLeast'] as const;
export type GroupKind = (typeof groupKinds)[number];

/** What stands at a path; undefined where it leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null
        ? (at as Record<string | number, unknown>)[step]
        : undefined,
    root,
  );
}

/** The same with another value at a path; what is not on the way stays the same object. */
export function withAt<T>(root: T, path: Path, value: unknown): T {
  const [step, ...rest] = path;
  if (step === undefined) return value as T;
  const owner = root as Record<string | number, unknown>;
  const inner = withAt(owner[step], rest, value);
  if (Array.isArray(root)) return root.map((one, at) => (at === step ? inner : one)) as T;
  return { ...owner, [step]: inner } as T;
}

/** The kind of a group, or null for a condition or a negation. */
export function kindOf(node: Node): GroupKind | null {
  if ('all' in node) return 'all';
  if ('any' in node) return 'any';
  return 'of' in node ? 'atLeast' : null;
}

/** The parts of a group. */
export function partsOf(node: Node): readonly Node[] {
  if ('all' in node) return node.all;
  if ('any' in node) return node.any;
  return 'of' in node ? node.of : [];
}

/** The key under which a group keeps its parts. */
export const listKey = (kind: GroupKind) => (kind === 'atLeast' ? 'of' : kind);

/** A group of another kind with the same parts. */
export function asKind(node: Node, kind: GroupKind): Node {
  const parts = [...partsOf(node)];
  if (kind === 'all') return { all: parts };
  return kind === 'any'
    ? { any: parts }
    : { atLeast: Math.min(2, Math.max(1, parts.length)), of: parts };
}

/** Says the opposite: wraps a node in a negation, or takes the negation away. */
export const negated = (node: Node): Node => ('not' in node ? node.not : { not: node });

/** The node inside its negations, and how many there are. */
export function bare(node: Node): { node: Exclude<Node, { not: Node }>; steps: string[] } {
  return 'not' in node
    ? { ...bare(node.not), steps: ['not', ...bare(node.not).steps] }
    : { node, steps: [] };
}

const isPlace = (step: string | number | undefined): step is number => typeof step === 'number';

/** Without the node at a path; the root becomes an empty group. */
export function without<T>(root: T, path: Path): T {
  const last = path.at(-1);
  const owner = path.slice(0, -1);
  if (last === 'not') return without(root, owner);
  if (!isPlace(last)) return withAt(root, path, { all: [] });
  const list = valueAt(root, owner) as unknown[];
  return withAt(
    root,
    owner,
    list.filter((_, at) => at !== last),
  );
}

/** With the node at a path moved up (−1) or down (1) in its group; the same where it cannot. */
export function moved<T>(root: T, path: Path, by: -1 | 1): T {
  const last = path.at(-1);
  if (!isPlace(last)) return root;
  const owner = path.slice(0, -1);
  const list = [...(valueAt(root, owner) as unknown[])];
  const to = last + by;
  if (to < 0 || to >= list.length) return root;
  [list[last], list[to]] = [list[to], list[last]];
  return withAt(root, owner, list);
}

/** With the node at a path taken out of its group and put after it; the same at the top. */
export function takenOut<T>(root: T, path: Path): T {
  const group = groupPath(path);
  const place = group?.at(-1);
  if (!group || !isPlace(place)) return root;
  const node = valueAt(root, path);
  const inner = without(root, path);
  const owner = group.slice(0, -1);
  const list = valueAt(inner, owner) as unknown[];
  return withAt(inner, owner, list.toSpliced(place + 1, 0, node));
}

/** The path of the group a node is in, above its negations; null at the top. */
export function groupPath(path: Path): Path | null {
  let group = path.slice(0, -2);
  if (!isPlace(path.at(-1)) || group.length === 0) return null;
  while (group.at(-1) === 'not') group = group.slice(0, -1);
  return group;
}

/** With a node added at the end of the group at a path. */
export function withPart<T>(root: T, path: Path, part: Node): T {
  const group = valueAt(root, path) as Group;
  const key = listKey(kindOf(group)!);
  return withAt(root, [...path, key], [...partsOf(group), part]);
}

/** A value of a definition that can be moved, and where it stands. */
export interface Threshold {
  path: Path;
  value: number;
  /** The condition it belongs to; null for an amount of the benefit. */
  leaf: Leaf | null;
}

/** Every number of a tree that draws a line. */
export function thresholdsOf(node: Node, path: Path): Threshold[] {
  if ('not' in node) return thresholdsOf(node.not, [...path, 'not']);
  const kind = kindOf(node);
  if (kind !== null) {
    const own =
      'of' in node ? [{ path: [...path, 'atLeast'], value: node.atLeast, leaf: null }] : [];
    const key = listKey(kind);
    return [...own, ...partsOf(node).flatMap((part, at) => thresholdsOf(part, [...path, key, at]))];
  }
  const leaf = node as Leaf;
  const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
  const inner = 'where' in leaf && leaf.where ? thresholdsOf(leaf.where, [...path, 'where']) : [];
  const own = values.flatMap((value, at) =>
    typeof value === 'number'
      ? [{ path: [...path, 'value', ...(Array.isArray(leaf.value) ? [at] : [])], value, leaf }]
      : [],
  );
  return [...own, ...inner];
}
