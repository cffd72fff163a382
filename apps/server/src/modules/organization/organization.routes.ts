import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import {
  createOrganization,
  findOrganizations,
  type OrganizationNeeds,
  setNaming,
} from './organization.service.ts';

/** Organisations on file. */
export function organizationHandlers(
  needs: OrganizationNeeds,
): Handlers<typeof routes.organization> {
  return {
    list: ({ actor, query }) => findOrganizations(needs, actor, query),
    create: ({ actor, body }) => createOrganization(needs, actor, body),
    async setNaming({ actor, params, body }) {
      await setNaming(needs, actor, { ...params, consent: body.consent });
      return { ok: true };
    },
  };
}
