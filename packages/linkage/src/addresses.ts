/** Words that count houses, staircases and doors; they become a dash so that only road and numbers remain. */
const COUNTERS = /(号院|号楼|号|院|栋|幢|座|楼|单元|门|层|室|户|#|-|—|,|、|\s)+/g;

/**
 * What tells an address apart once the area is taken off: road and numbers, `秋康路153-24-1-1603`. Empty when no
 * number is in it, since a road alone houses thousands.
 */
export function addressKey(detail: string): string {
  if (!/\d/.test(detail)) return '';
  return detail.replace(COUNTERS, '-').replace(/^-|-$/g, '');
}

/** The numbers of an address key in order; two writings of one address share at least these. */
export function houseNumbers(key: string): string {
  return (key.match(/\d+/g) ?? []).join('-');
}
