import { randomUUID } from 'node:crypto';
import { newId } from '@wennuan/basics';
import { createApproval } from '../modules/approval/index.ts';
import { createOrganization } from '../modules/organization/index.ts';
import { createResident } from '../modules/resident/index.ts';
import { createRoster } from '../modules/roster/index.ts';
import type { Ground } from './ground.ts';
import type { Later } from './later.ts';

export type People = ReturnType<typeof composePeople>;

/** Tiers 2 and 3: who people and organisations are, and who must agree. */
export function composePeople(ground: Ground, later: Later) {
  const { vault, access } = ground;
  const organization = createOrganization(ground);
  const resident = createResident({
    ...ground,
    newPersonId: randomUUID,
    needsOf: (tx, id) => later.need.needsOf(tx, id),
    sourcesOf: (tx, id) => later.roster.sourcesOf(tx, id),
    sections: [
      (tx) => later.need.ownSections(tx),
      (tx) => later.award.ownSections(tx),
      (tx) => later.distribution.ownSections(tx),
      (tx) => later.receipt.ownSections(tx),
      (tx) => later.sale.ownSections(tx),
    ],
    forgets: [
      (tx, asked) => later.receipt.forgetOwn(tx, asked),
      (tx, asked) => later.sale.forgetOwn(tx, asked),
    ],
    aidOf: (tx, id, most) => later.award.aidOf(tx, id, most),
    keeps: [(tx, id) => later.award.keeps(tx, id)],
    organizationNames: organization.names,
    entitlementsOf: (tx, id) => later.program.entitlementsOf(tx, id),
    follows: [
      (tx, id, areaId) => later.roster.followPerson(tx, id, areaId),
      (tx, id, areaId) => later.award.follow(tx, id, areaId),
    ],
  });
  const { relativesOf: relatives } = resident;
  const approval = createApproval({ vault, newId, names: access.names, relatives });
  const roster = createRoster({ ...ground, organization, resident, newPersonId: randomUUID });
  return { organization, resident, roster, approval };
}
