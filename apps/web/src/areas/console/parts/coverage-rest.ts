interface Share {
  living: number;
  reached: number;
}

/** People of the whole whom none of its parts counts: their street or community is not known. Null for nobody. */
export function restOf(whole: Share, parts: readonly Share[]): Share | null {
  const sum = (key: keyof Share) => parts.reduce((total, part) => total + part[key], 0);
  const living = whole.living - sum('living');
  return living > 0 ? { living, reached: Math.max(0, whole.reached - sum('reached')) } : null;
}
