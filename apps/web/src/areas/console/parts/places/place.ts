import type { LinkProps } from '@tanstack/react-router';
import type { TaskKind } from '../codes.ts';
import type { IconName } from '../icons.tsx';

/** A page of the console as the navigation knows it. */
export interface Place {
  key:
    | 'desk'
    | 'needs'
    | 'newNeed'
    | 'persons'
    | 'counter'
    | 'offers'
    | 'rosters'
    | 'review'
    | 'programs'
    | 'aid'
    | 'aidLists'
    | 'aidGiving'
    | 'aidYear'
    | 'aidImports'
    | 'distributions'
    | 'goodsStock'
    | 'goodsMoves'
    | 'kindGifts'
    | 'groupBuys'
    | 'charitySales'
    | 'stations'
    | 'settlements'
    | 'merchants'
    | 'products'
    | 'shopOrders'
    | 'shopDeliveries'
    | 'till'
    | 'overview'
    | 'findings'
    | 'coverage'
    | 'funds'
    | 'proposals'
    | 'campaigns'
    | 'claims'
    | 'matching'
    | 'pledges'
    | 'gifts'
    | 'fiscal'
    | 'disclosures'
    | 'complaints'
    | 'incoming'
    | 'reconciliation'
    | 'organizations'
    | 'batches'
    | 'payees'
    | 'purchases'
    | 'returns'
    | 'changes'
    | 'budgets'
    | 'month'
    | 'bank'
    | 'agreed'
    | 'credits'
    | 'cash'
    | 'boxes'
    | 'years'
    | 'management'
    | 'audit'
    | 'ledger'
    | 'assessments'
    | 'purposes'
    | 'accounts'
    | 'deputies'
    | 'messages';
  to: LinkProps['to'];
  permission: string;
  group: 'work' | 'goods' | 'money' | 'books' | 'watch' | 'system';
  icon: IconName;
  exact?: boolean;
  /** The kinds of tasks whose number stands beside it. */
  waits?: readonly TaskKind[];
}

/** The groups of the side navigation from top to bottom. */
export const groups = ['work', 'goods', 'money', 'books', 'watch', 'system'] as const;
