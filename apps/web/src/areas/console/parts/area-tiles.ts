import type { RouteOutput, routes } from '@wennuan/contract';

type Area = RouteOutput<typeof routes.place.areas>['areas'][number];
type Count = RouteOutput<typeof routes.desk.counts>['byArea'][number];

interface TilesInput {
  areas: readonly Area[];
  counts: readonly Count[];
  words: (open: number, overdue: number) => string;
}

/** What is open and overdue in one area itself. */
function ownOf(counts: ReadonlyMap<string, Count>, code: string) {
  const count = counts.get(code);
  return { open: count?.open ?? 0, overdue: count?.overdue ?? 0 };
}

/** Streets with their communities: a street shows its own tasks and those of its communities together. */
export function tilesOf({ areas, counts, words }: TilesInput) {
  const byCode = new Map(counts.map((count) => [count.area.code, count]));
  return areas
    .filter((area) => area.level === 'street')
    .map((street) => {
      const inside = areas.filter((area) => area.parentCode === street.code);
      const parts = inside.map(({ code, name }) => ({ code, name, ...ownOf(byCode, code) }));
      const all = [ownOf(byCode, street.code), ...parts];
      const open = all.reduce((sum, one) => sum + one.open, 0);
      const overdue = all.reduce((sum, one) => sum + one.overdue, 0);
      return {
        code: street.code,
        name: overdue > 0 ? `◆ ${street.name}` : street.name,
        value: open,
        words: words(open, overdue),
        parts: parts.map((part) => ({
          code: part.code,
          name: part.name,
          value: part.open,
          words: words(part.open, part.overdue),
        })),
      };
    });
}
