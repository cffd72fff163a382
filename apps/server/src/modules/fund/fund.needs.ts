import type { Id } from '@wennuan/basics';
import type { TransferCommand } from '@wennuan/ledger';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Approval } from '../approval/index.ts';
import type { Desk } from '../desk/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Place } from '../place/index.ts';
import type { Resident } from '../resident/index.ts';
import type { BoughtPiece } from './trace.things.ts';

/** What happened with the thing a wish's money bought, as far as the reader may know. */
export interface Outcome {
  deliveredAt: Date | null;
  confirmedAt: Date | null;
}

/** What `fund` asks of lower modules by name, and of higher ones through ports. */
export interface FundNeeds {
  database: Database;
  vault: Vault;
  newId(): Id;
  place: Pick<
    Place,
    'area' | 'ref' | 'areaByCode' | 'streetOf' | 'district' | 'workingTime' | 'above'
  >;
  /** Display names of accounts. */
  names(tx: Scoped, accountIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  approval: Approval;
  desk: Pick<Desk, 'open' | 'close'>;
  message: Pick<MessageModule, 'send'>;
  organization: Pick<OrganizationModule, 'names'>;
  /** Persons whom the reader may know of; a proposal lets the federation see its payee. */
  resident: Pick<Resident, 'people' | 'shareWithFederation'>;
  attachment: Pick<AttachmentModule, 'adopt'>;
  /** Port to `payout`: of payees, those whose bank account two people signed. */
  signedPayees(tx: Scoped, ownerIds: readonly Id[]): Promise<ReadonlySet<Id>>;
  /** Port to `donation`: the public names of gifts; a gift without one is absent. */
  giverNames(tx: Scoped, giftIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  /** Port to `goods`: what the money of paid lines becomes, to be posted together with each payment under its link. */
  bought?(
    tx: Writing,
    payments: readonly { proposalId: Id; link: string }[],
  ): Promise<TransferCommand[]>;
  /** Port to `goods`: the things that money became, in sentences of the reader's language. */
  toldThings?(tx: Scoped, things: readonly BoughtPiece[]): Promise<string[]>;
  /** Port to `benefit`: what uses of vouchers bought, in general words of the reader's language. */
  redeemedWords?(tx: Scoped, useIds: readonly Id[]): Promise<Map<Id, readonly string[]>>;
  /** Port to `need`: what became of wishes. */
  outcomes(tx: Scoped, needIds: readonly Id[]): Promise<ReadonlyMap<Id, Outcome>>;
  /** Port to `need`: the numbers people read out. */
  needNumbers(tx: Scoped, needIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
}
