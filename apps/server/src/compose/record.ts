import { type ComplaintNeeds, createComplaint } from '../modules/complaint/index.ts';
import { createDisclosure, type DisclosureNeeds } from '../modules/disclosure/index.ts';

/** What is told to the public, and what the public tells us. */
export function composeRecord(lower: DisclosureNeeds & ComplaintNeeds) {
  return { disclosure: createDisclosure(lower), complaint: createComplaint(lower) };
}
