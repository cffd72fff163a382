import { createPublicKey, sign, verify, X509Certificate, type KeyObject } from 'node:crypto';

/** Signs a text with RSA (PKCS #1) and SHA-256, as base64. */
export function signText(text: string, privateKey: KeyObject): string {
  return sign('sha256', Buffer.from(text, 'utf8'), privateKey).toString('base64');
}

/** True when the signature over the bytes is that of the key; false for anything else, never an error. */
export function isSigned(bytes: Buffer | string, signature: string, publicKey: KeyObject): boolean {
  const given = Buffer.from(signature, 'base64');
  if (given.length === 0) return false;
  return verify('sha256', typeof bytes === 'string' ? Buffer.from(bytes) : bytes, publicKey, given);
}

/** A public key from PEM of a key or of a certificate. */
export function publicKeyOf(pem: string): KeyObject {
  return pem.includes('CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem);
}

/** The only value of a header, or an empty text. */
export function headerOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  name: string,
): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
