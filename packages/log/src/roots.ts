/** Whole part of the `degree`-th root of a number, by bisection. */
function integerRoot(value: bigint, degree: bigint): bigint {
  let low = 0n;
  let high = 1n << 100n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let candidate = 2n; found.length < count; candidate += 1n)
    if (found.every((prime) => candidate % prime !== 0n)) found.push(candidate);
  return found;
}

/**
 * The first 64 bits of the fractional part of a root of each of the first primes: where SHA-256 and SHA-512
 * take their constants from (FIPS 180-4).
 */
export function rootFractions(count: number, degree: bigint): bigint[] {
  const word = (1n << 64n) - 1n;
  return primes(count).map((prime) => integerRoot(prime << (64n * degree), degree) & word);
}
