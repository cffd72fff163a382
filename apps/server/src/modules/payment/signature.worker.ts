import { serveBeside } from '../../platform/beside.ts';
import { isSigned } from './rsa.ts';
import type { SignedText } from './signature.beside.ts';

serveBeside((signed: SignedText[]) =>
  signed.map(({ text, signature, publicKey }) =>
    isSigned(Buffer.from(text, 'latin1'), signature, publicKey),
  ),
);
