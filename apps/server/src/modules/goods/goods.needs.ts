import type { Id } from '@wennuan/basics';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Place } from '../place/index.ts';

/** An account of the ledger with what it is for; opened through `fund`, so that every trace can say it. */
export interface NewAccount {
  id: Id;
  kind: 'inner' | 'world';
  unit: string;
  code: string | null;
  purpose: {
    kind: 'person' | 'organization' | 'supplier';
    subjectId: Id;
    label: string;
    areaId: number | null;
    isPublic: boolean;
  };
}

/** What goods must know of a proposal that pays for them. */
export interface PayingProposal {
  number: string;
  state: 'proposed' | 'approved' | 'refused' | 'paid' | 'cancelled';
  amountFen: number;
  payeeLabel: string;
}

/** Whom things were handed to, as far as the reader may know. */
export interface Receiver {
  recipientId: Id;
  planId: Id;
  planNumber: string;
  serial: number;
  maskedName: string;
  areaId: number;
}

/** What pieces of a lot brought at a charity sale, and where that is. */
export interface SoldThing {
  lotId: Id;
  quantity: number;
  saleNumber: string;
  saleName: string;
  amountFen: number;
  targetName: string;
  targetLink: string | null;
  arrivedOn: string | null;
  /** What the money became so far, in sentences of the reader's language. */
  became: string[];
}

export interface GoodsNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
  place: Pick<
    Place,
    'area' | 'areaByCode' | 'ref' | 'streetOf' | 'district' | 'servicePoints' | 'addServicePoints'
  >;
  access: Pick<Access, 'names'>;
  attachment: Pick<AttachmentModule, 'adopt' | 'of'>;
  organization: Pick<OrganizationModule, 'get' | 'names' | 'giverNames'>;
  message: Pick<MessageModule, 'send'>;
  fund: { openAccounts(tx: Writing, accounts: readonly NewAccount[]): Promise<unknown> };
  /** Port to `fund`: a proposal the reader may see. */
  proposal(tx: Scoped, proposalId: Id): Promise<PayingProposal | null>;
  /** Port to `distribution`: who holds what was handed over, by the document of the hand-over. */
  receivers(tx: Scoped, documentIds: readonly Id[]): Promise<ReadonlyMap<Id, Receiver>>;
  /** Port to `charity-sale`: what became of lots that were sold for charity. */
  sold(tx: Scoped, lotIds: readonly Id[]): Promise<readonly SoldThing[]>;
}
