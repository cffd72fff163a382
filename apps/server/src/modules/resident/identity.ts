import type { Box } from '../../platform/vault.ts';
import type { Identity, IdentityField } from './resident.ts';
import type { PersonRow } from './resident.store.ts';
import type { Seen } from './search.ts';

/** An identity as its row holds it: coded facts plain, the rest sealed. */
export function sealIdentity(identity: Identity, box: Box) {
  const sealed = (text: string | null) => (text === null ? null : box.seal(text));
  return {
    gender: identity.gender,
    born_year: identity.birthDate ? Number(identity.birthDate.slice(0, 4)) : null,
    name_sealed: box.seal(identity.name),
    telephone_sealed: sealed(identity.telephone),
    id_number_sealed: sealed(identity.idNumber),
    address_sealed: sealed(identity.address),
    birth_date_sealed: sealed(identity.birthDate),
  };
}

const SEALED_COLUMN = {
  name: 'name_sealed',
  telephone: 'telephone_sealed',
  id_number: 'id_number_sealed',
  address: 'address_sealed',
  birth_date: 'birth_date_sealed',
} as const satisfies Record<IdentityField, keyof PersonRow>;

/** The sealed columns of a person; those that the caller's login does not read are absent. */
export type SealedRow = Partial<Pick<PersonRow, (typeof SEALED_COLUMN)[IdentityField]>>;

/** What is in a field of a person, opened with her key; null for one that is empty or not read. */
export function openColumn(row: SealedRow, box: Box, field: IdentityField): string | null {
  const sealed = row[SEALED_COLUMN[field]];
  return sealed ? box.open(sealed) : null;
}

/** All that names a person, opened; a column that the caller's login does not read is absent. */
export function openIdentity(row: SealedRow, box: Box): Seen {
  const read = (field: IdentityField) =>
    row[SEALED_COLUMN[field]] === undefined ? undefined : openColumn(row, box, field);
  return {
    name: openColumn(row, box, 'name') ?? '',
    telephone: read('telephone'),
    idNumber: read('id_number'),
    address: read('address'),
    birthDate: read('birth_date'),
  };
}
