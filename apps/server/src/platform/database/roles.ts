import { createHmac } from 'node:crypto';

/**
 * Login roles of PostgreSQL. Different rights are different logins, each with policies of its own,
 * so that no policy needs an OR and a forgotten filter shows nothing instead of everything.
 */
export const logins = [
  'resident',
  'staff',
  'department',
  'station',
  'federation',
  'public',
  'payments',
  'system',
] as const;
export type Login = (typeof logins)[number];

/** The name of a login role in the cluster: named by district, so that two can share a server. */
export function loginName(schema: string, login: Login): string {
  return `${schema}_${login}`;
}

/** The password of a login role, derived from the installation's secret; never stored. */
export function loginPassword(secret: string, name: string): string {
  return createHmac('sha256', secret).update(`login:${name}`).digest('hex');
}

/** The connection address of a login role on the server that `ownerUrl` names. */
export function loginUrl(connection: Connection, login: Login): string {
  const url = new URL(connection.ownerUrl);
  url.username = loginName(connection.schema, login);
  url.password = loginPassword(connection.secret, url.username);
  return url.href;
}

/** Where a district lives: the owner's address, its schema, and the secret its passwords and keys come from. */
export interface Connection {
  readonly ownerUrl: string;
  readonly schema: string;
  readonly secret: string;
}
