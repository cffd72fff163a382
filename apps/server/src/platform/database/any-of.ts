import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';

/** Any of these ids, for `where('id', '=', anyOf(ids))`: one parameter however many there are, and none finds nothing. */
export const anyOf = (ids: Iterable<Id>) => sql<Id>`any(${[...new Set(ids)]}::uuid[])`;
