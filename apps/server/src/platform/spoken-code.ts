/** Characters that nobody confuses when reading them from paper. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;
const CHARACTERS = 12;

/** A code to be read out or typed, from secret bytes: twelve characters in three groups (about 58 bits). */
export function codeFrom(secret: Uint8Array): string {
  let value = 0n;
  for (const byte of secret) value = value * 256n + BigInt(byte);
  let text = '';
  for (let place = 0; place < CHARACTERS; place += 1) {
    if (place > 0 && place % GROUP === 0) text += '-';
    text += ALPHABET[Number(value % BigInt(ALPHABET.length))];
    value /= BigInt(ALPHABET.length);
  }
  return text;
}

/** A code as somebody typed it: case, spaces and dashes do not matter. */
export function typedCode(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  return (plain.match(/.{1,4}/g) ?? []).join('-');
}
