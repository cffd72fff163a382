import { FIELDS } from './fields.ts';

/** What a row of a field sets in a mask, as SQL. */
export interface FieldBits {
  field: number;
  bits: string;
}

/** What is noted of everybody, whatever else is known: most rows are of these. */
const OF_EVERYBODY = ['group', 'born_on', 'sex', 'registered_area', 'living_area'];
const WEIGHT_OF_EVERYBODY = 8;

const weightOf = new Map(
  FIELDS.flatMap(({ number, code }) =>
    number === null ? [] : [[number, OF_EVERYBODY.includes(code) ? WEIGHT_OF_EVERYBODY : 1]],
  ),
);
const NOTHING = '0::bigint';

interface Segment {
  from: number;
  bits: string;
  weight: number;
}

/**
 * The bits of a row by its field, as SQL: a search tree over the fields asked for and the gaps between them, in which what
 * most rows are of is found first. A million people have seven million rows, so every comparison counts.
 */
export function fieldTree(fields: readonly FieldBits[]): string {
  return treeOf(segmentsOf(fields));
}

function segmentsOf(fields: readonly FieldBits[]): Segment[] {
  const numbers = [...weightOf.keys()].toSorted((a, b) => a - b);
  const bitsOf = new Map(fields.map(({ field, bits }) => [field, bits]));
  const segments: Segment[] = [];
  for (const from of numbers) {
    const bits = bitsOf.get(from) ?? NOTHING;
    const weight = weightOf.get(from)!;
    const last = segments.at(-1);
    if (last?.bits === NOTHING && bits === NOTHING) last.weight += weight;
    else segments.push({ from, bits, weight });
  }
  return segments;
}

/** Splits where both sides weigh most alike. */
function treeOf(segments: readonly Segment[]): string {
  const [first] = segments;
  if (first === undefined) return NOTHING;
  if (segments.length === 1) return first.bits;
  const total = segments.reduce((sum, { weight }) => sum + weight, 0);
  let left = 0;
  let best = { place: 1, apart: Infinity };
  for (const [place, { weight }] of segments.entries()) {
    if (place > 0 && Math.abs(total - 2 * left) < best.apart)
      best = { place, apart: Math.abs(total - 2 * left) };
    left += weight;
  }
  const [low, high] = [segments.slice(0, best.place), segments.slice(best.place)];
  return `case when field < ${high[0]!.from} then ${treeOf(low)} else ${treeOf(high)} end`;
}

/**
 * Leaves out rows that everybody has and no policy asks for, as SQL that follows another condition: comparing two numbers is
 * cheaper than grouping a row. Nothing where every such field is asked for.
 */
export function withoutUnasked(asked: ReadonlySet<number>): string {
  const common = [...weightOf].flatMap(([field, weight]) =>
    weight === WEIGHT_OF_EVERYBODY && !asked.has(field) ? [field] : [],
  );
  const gaps = common.map((field) => {
    const [below, above] = [
      [...asked].filter((one) => one < field),
      [...asked].filter((one) => one > field),
    ];
    const low = below.length === 0 ? [] : [`person_fact.field <= ${Math.max(...below)}`];
    const high = above.length === 0 ? [] : [`person_fact.field >= ${Math.min(...above)}`];
    return [...low, ...high].join(' or ');
  });
  return [...new Set(gaps)]
    .filter((gap) => gap !== '')
    .map((gap) => ` and (${gap})`)
    .join('');
}
