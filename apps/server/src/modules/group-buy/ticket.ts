import { timingSafeEqual } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import type { KeyedHash } from './group-buy.ts';

/**
 * Who may join a group, said before the rush: account, household, until when. The page fetches it while there is time;
 * in the rush its signature is all that is checked, so that nobody waits for a session to be looked up.
 */
export interface Ticket {
  groupId: Id;
  accountId: Id;
  householdKey: Id;
  expiresAt: Date;
}

const ID_BYTES = 16;
const PAYLOAD_BYTES = 3 * ID_BYTES + 6;
const MAC_BYTES = 16;

const macOf = (hash: KeyedHash, payload: Buffer) =>
  hash('group ticket', payload.toString('base64url')).subarray(0, MAC_BYTES);
const bytesOf = (id: Id) => Buffer.from(id.replaceAll('-', ''), 'hex');
function idOf(bytes: Buffer): Id {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A ticket as text, signed. */
export function writeTicket(hash: KeyedHash, ticket: Ticket): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES);
  for (const [at, id] of [ticket.groupId, ticket.accountId, ticket.householdKey].entries())
    bytesOf(id).copy(payload, at * ID_BYTES);
  payload.writeUIntBE(Math.floor(ticket.expiresAt.getTime() / 1_000), 3 * ID_BYTES, 6);
  return Buffer.concat([payload, macOf(hash, payload)]).toString('base64url');
}

/** The ticket in a text; null when it is not ours, was altered, or is past its time. */
export function readTicket(hash: KeyedHash, text: string, now: Date): Ticket | null {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== PAYLOAD_BYTES + MAC_BYTES) return null;
  const payload = bytes.subarray(0, PAYLOAD_BYTES);
  if (!timingSafeEqual(bytes.subarray(PAYLOAD_BYTES), macOf(hash, payload))) return null;
  const expiresAt = new Date(payload.readUIntBE(3 * ID_BYTES, 6) * 1_000);
  if (expiresAt <= now) return null;
  const [groupId, accountId, householdKey] = [0, 1, 2].map((at) =>
    idOf(payload.subarray(at * ID_BYTES, (at + 1) * ID_BYTES)),
  );
  return { groupId: groupId!, accountId: accountId!, householdKey: householdKey!, expiresAt };
}
