import { routes } from '@wennuan/contract';
import type { FastifyInstance } from 'fastify';
import { type Complaint, type ComplaintNeeds, createComplaint } from './modules/complaint/index.ts';
import {
  createDisclosure,
  type Disclosure,
  type DisclosureNeeds,
} from './modules/disclosure/index.ts';
import type { Receipt } from './modules/receipt/index.ts';
import { mount } from './platform/http/mount.ts';

export { pausedCampaigns } from './modules/complaint/index.ts';

/** Tier 10: what is told to the public, and what the public tells us. */
export function composeRecord(lower: DisclosureNeeds & ComplaintNeeds) {
  return { disclosure: createDisclosure(lower), complaint: createComplaint(lower) };
}

/** Mounts the public record: papers of gifts, disclosures, open data, complaints. */
export function mountRecord(
  app: FastifyInstance,
  modules: { receipt: Receipt; disclosure: Disclosure; complaint: Complaint },
): void {
  mount(app, routes.receipt, modules.receipt.handlers);
  mount(app, routes.disclosure, modules.disclosure.handlers);
  mount(app, routes.open, modules.disclosure.openHandlers);
  mount(app, routes.complaint, modules.complaint.handlers);
}
