import { statutoryAids } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { type NeedView, proposalStates } from '../parts/codes.ts';
import { oneOf } from '../routes.root.tsx';

type Match = NeedView['matches'][number];

const itemStates = ['open', 'claimed', 'complete', 'closed'] as const;
const offerStates = ['open', 'reserved', 'delivered', 'expired', 'withdrawn'] as const;
const referralStates = ['waiting', 'answered'] as const;
const offices = [...statutoryAids, 'designated_platform'] as const;

/** The label and state of what meets a need, in words; a code that is not known stays as it came. */
export function useMatchWords() {
  const { t } = useTranslation('console');
  function stateOf({ kind, state }: Match): string {
    const item = oneOf(itemStates, state);
    const offer = oneOf(offerStates, state);
    const proposal = oneOf(proposalStates, state);
    const referral = oneOf(referralStates, state);
    if (kind === 'item' && item) return t(`codes.itemState.${item}`);
    if (kind === 'offer' && offer) return t(`codes.offerState.${offer}`);
    if (kind === 'proposal' && proposal) return t(`codes.proposal.${proposal}`);
    if (kind === 'referral' && referral) return t(`codes.referralState.${referral}`);
    return state;
  }
  function labelOf({ kind, label }: Match): string {
    const office = kind === 'referral' ? oneOf(offices, label) : undefined;
    return office ? t(`codes.aid.${office}`) : label;
  }
  return { stateOf, labelOf };
}
