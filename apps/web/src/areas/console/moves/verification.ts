import type { StatutoryAid } from '@wennuan/contract';
import type { aidResults, findings } from '../parts/codes.ts';

export type AidResult = (typeof aidResults)[number];

/** What a worker fills in when she verifies. */
export const emptyVerification = {
  visitedAt: '',
  place: '',
  seen: '',
  finding: '' as '' | (typeof findings)[number],
  priceYuan: '',
  priceSource: '',
  secondSource: '',
  validUntil: '',
  publicTitle: '',
  publicText: '',
  statutory: {} as Partial<Record<StatutoryAid, { result: AidResult | ''; note: string }>>,
};
export type Verification = typeof emptyVerification;
