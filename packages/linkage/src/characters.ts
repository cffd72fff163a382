import commonTable from './tables/common.json' with { type: 'json' };
import shapeTable from './tables/shapes.json' with { type: 'json' };
import soundTable from './tables/sounds.json' with { type: 'json' };
import variantTable from './tables/variants.json' with { type: 'json' };

/** The sound of one character without tone, `zhang`; null when unknown. */
export type SoundOf = (character: string) => string | null;

const simplified = new Map<string, string>();
for (const [plain, forms] of Object.entries(variantTable)) {
  for (const form of forms) simplified.set(form, plain);
}

const sounds = new Map<string, string>();
for (const [sound, characters] of Object.entries(soundTable)) {
  for (const character of characters) sounds.set(character, sound);
}

const alike = new Set<string>();
for (const line of shapeTable.pairs) {
  for (const pair of line.split(' ')) alike.add(pair).add([...pair].reverse().join(''));
}

const common = new Set(commonTable.characters.join(''));

/** The simplified form of a traditional or variant character, else the character itself. */
export function simplifiedForm(character: string): string {
  return simplified.get(character) ?? character;
}

/** The most usual reading of a simplified character; null for one without. */
export const usualSound: SoundOf = (character) => sounds.get(character) ?? null;

/**
 * A sound with what dialects and keyboards mix up made one: zh/z, ch/c, sh/s, n/l, and -ng/-n.
 */
function looseSound(sound: string): string {
  return sound
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/ng$/, 'n');
}

const looseSounds = new WeakMap<SoundOf, Map<string, string | null>>();

/** The loose sound of a character, remembered for each source of sounds; null when unknown. */
export function looseSoundOf(character: string, soundOf: SoundOf): string | null {
  let known = looseSounds.get(soundOf);
  if (!known) looseSounds.set(soundOf, (known = new Map()));
  let loose = known.get(character);
  if (loose === undefined) {
    const sound = soundOf(character);
    loose = sound === null ? null : looseSound(sound);
    known.set(character, loose);
  }
  return loose;
}

/** True for two characters that look nearly the same in print, or of which one is a part of the other. */
export function lookAlike(a: string, b: string): boolean {
  return alike.has(a + b);
}

/** True for a character beyond the 3,755 common ones, which clerks often cannot type. */
export function isRareCharacter(character: string): boolean {
  return !common.has(character);
}
