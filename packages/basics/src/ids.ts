/** An identifier made by the application: a UUID version 7 (RFC 9562), so that keys are in order of time. */
export type Id = string;

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let lastMillis = 0;
let counter = 0;

/** Random bytes drawn ahead: asking the host for eight at a time costs more than all the rest. */
const POOL = new Uint8Array(4_096);
let poolUsed = POOL.length;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A new UUIDv7. Within one process later ids sort after earlier ones, also within a millisecond
 * (12-bit counter, RFC 9562 section 6.2 method 1). Uses the Web Crypto random source of the host.
 */
export function newId(nowMillis: number = Date.now()): Id {
  if (nowMillis > lastMillis) {
    lastMillis = nowMillis;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMillis += 1;
    counter = 0;
  }
  if (poolUsed + 8 > POOL.length) {
    crypto.getRandomValues(POOL);
    poolUsed = 0;
  }
  const at = poolUsed;
  poolUsed += 8;
  const hex = (offset: number) => HEX[POOL[at + offset]!]!;
  const time = lastMillis.toString(16).padStart(12, '0');
  const sequence = counter.toString(16).padStart(3, '0');
  const variant = HEX[0x80 | (POOL[at]! & 0x3f)]!;
  return (
    `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${hex(1)}-` +
    `${hex(2)}${hex(3)}${hex(4)}${hex(5)}${hex(6)}${hex(7)}`
  );
}

/** True for the canonical lower-case text of a UUID. */
export function isId(text: string): text is Id {
  return FORM.test(text);
}
