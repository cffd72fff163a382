/** One judged pair of units. */
export interface Edge {
  a: number;
  b: number;
  /** Binary logarithm of the odds. */
  score: number;
}

/** What clusters must keep to. */
export interface ClusterRules {
  /** The sure number of a unit, null for none; two different ones never meet. */
  numberOf: (unit: number) => string | null;
  /** Units that a person has said are one. */
  joined: readonly [number, number][];
  /** Units that a person has said are two. */
  parted: readonly [number, number][];
  /** How much two units speak for being one; asked for every pair a union would bring together. */
  scoreOf: (a: number, b: number) => number;
  linkAt: number;
  /** Below this no two units may be in one cluster, whoever links them. */
  apartBelow: number;
}

/** Beyond this many pairs a union is judged by its link alone. */
const PAIRS_CHECKED = 400;

/**
 * Joins units into clusters: first what people said, then the strongest links first, each only if nothing in the
 * two clusters speaks against it. Returns the cluster of each unit as the smallest unit index in it, and the
 * answers that could not be kept because they contradict others.
 */
export function clusterUnits(
  count: number,
  edges: readonly Edge[],
  rules: ClusterRules,
): { clusterOf: Int32Array; contradictions: [number, number][] } {
  const clusters = new Clusters(count, rules);
  const contradictions: [number, number][] = [];
  for (const [a, b] of rules.joined) {
    if (!clusters.join(a, b, true)) contradictions.push([a, b]);
  }
  const strongest = edges
    .filter(({ score }) => score >= rules.linkAt)
    .toSorted((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);
  for (const { a, b } of strongest) clusters.join(a, b, false);
  const clusterOf = new Int32Array(count);
  for (let unit = 0; unit < count; unit++) clusterOf[unit] = clusters.root(unit);
  return { clusterOf, contradictions };
}

class Clusters {
  readonly #parent: Int32Array;
  readonly #members = new Map<number, number[]>();
  readonly #rules: ClusterRules;
  readonly #parted = new Map<number, Set<number>>();

  constructor(count: number, rules: ClusterRules) {
    this.#parent = Int32Array.from({ length: count }, (_, index) => index);
    this.#rules = rules;
    for (const [a, b] of rules.parted) {
      this.#partedFrom(a).add(b);
      this.#partedFrom(b).add(a);
    }
  }

  root(unit: number): number {
    let root = unit;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    while (this.#parent[unit] !== root) {
      const next = this.#parent[unit]!;
      this.#parent[unit] = root;
      unit = next;
    }
    return root;
  }

  /** False if the union would break a rule; a person's word outweighs numbers and scores. */
  join(a: number, b: number, isAnswer: boolean): boolean {
    const [first, second] = [this.root(a), this.root(b)].toSorted((x, y) => x - y) as [
      number,
      number,
    ];
    if (first === second) return true;
    const left = this.#of(first);
    const right = this.#of(second);
    if (!this.#mayMeet(left, right, isAnswer)) return false;
    this.#parent[second] = first;
    this.#members.set(first, [...left, ...right]);
    this.#members.delete(second);
    return true;
  }

  #mayMeet(left: number[], right: number[], isAnswer: boolean): boolean {
    for (const unit of left) {
      const parted = this.#parted.get(unit);
      if (parted && right.some((other) => parted.has(other))) return false;
    }
    if (isAnswer) return true;
    const { numberOf, scoreOf, apartBelow } = this.#rules;
    const number = left.map(numberOf).find((one) => one !== null);
    const clash = right.some((unit) => {
      const other = numberOf(unit);
      return number !== undefined && other !== null && other !== number;
    });
    if (clash) return false;
    if (left.length * right.length > PAIRS_CHECKED) return true;
    return left.every((unit) => right.every((other) => scoreOf(unit, other) >= apartBelow));
  }

  #of(root: number): number[] {
    return this.#members.get(root) ?? [root];
  }

  #partedFrom(unit: number): Set<number> {
    const known = this.#parted.get(unit) ?? new Set();
    this.#parted.set(unit, known);
    return known;
  }
}
