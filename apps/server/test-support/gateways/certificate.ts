import { sign, type KeyObject } from 'node:crypto';

/** A part of an ASN.1 structure: its tag, its length, its bytes. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 0x80
      ? Buffer.from([body.length])
      : Buffer.from([0x82, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTF8 = 0x0c;
const UTC_TIME = 0x17;
const NULL = Buffer.from([0x05, 0]);
/** sha256WithRSAEncryption and commonName. */
const RSA_SHA256 = Buffer.from('06092a864886f70d01010b', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/** A certificate that its own key signed, as PEM: what a payment channel's platform certificate is to us. */
export function selfSigned(keys: { publicKey: KeyObject; privateKey: KeyObject }): string {
  const algorithm = der(SEQUENCE, RSA_SHA256, NULL);
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, Buffer.from('test gateway')))),
  );
  const time = (text: string) => der(UTC_TIME, Buffer.from(text));
  const body = der(
    SEQUENCE,
    der(INTEGER, Buffer.from([0x2a])),
    algorithm,
    name,
    der(SEQUENCE, time('200101000000Z'), time('490101000000Z')),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, keys.privateKey);
  const whole = der(SEQUENCE, body, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
  const lines = whole.toString('base64').replace(/(.{64})/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${lines.trim()}\n-----END CERTIFICATE-----\n`;
}
