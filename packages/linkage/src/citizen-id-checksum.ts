const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const DIGITS = '0123456789';
const FORM = /^\d{17}[\dX]$/;

/** The check character of 17 digits by GB 11643 (ISO 7064 MOD 11-2). */
export function checkCharacter(seventeen: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index++) {
    sum += (seventeen.charCodeAt(index) - 48) * WEIGHTS[index]!;
  }
  return CHECKS[sum % 11]!;
}

/** True for 17 digits and the right check character, whatever they say. */
export function hasValidChecksum(number: string): boolean {
  return FORM.test(number) && checkCharacter(number) === number[17];
}

/** Every number with a right checksum that differs in one place; at most one per place, by the modulus 11. */
export function substitutions(digits: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < 17; at++) {
    for (const digit of DIGITS) {
      if (digit === digits[at]) continue;
      const changed = digits.slice(0, at) + digit + digits.slice(at + 1);
      if (hasValidChecksum(changed)) found.push(changed);
    }
  }
  const seventeen = digits.slice(0, 17);
  if (/^\d+$/.test(seventeen)) found.push(seventeen + checkCharacter(seventeen));
  return found;
}

/** Every number with a right checksum in which two neighbouring digits have changed places. */
export function swaps(digits: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < 17; at++) {
    if (digits[at] === digits[at + 1]) continue;
    const changed = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
    if (hasValidChecksum(changed)) found.push(changed);
  }
  return found;
}

/** Every number of 18 places with a right checksum that has one more digit than these 17. */
export function insertions(digits: string): string[] {
  const found: string[] = [];
  for (let at = 0; at <= 17; at++) {
    for (const digit of at === 17 ? `${DIGITS}X` : DIGITS) {
      const changed = digits.slice(0, at) + digit + digits.slice(at);
      if (hasValidChecksum(changed)) found.push(changed);
    }
  }
  return found;
}

/** Every number of 18 places with a right checksum that has one digit fewer than these 19. */
export function deletions(digits: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < 19; at++) {
    const changed = digits.slice(0, at) + digits.slice(at + 1);
    if (hasValidChecksum(changed)) found.push(changed);
  }
  return found;
}
