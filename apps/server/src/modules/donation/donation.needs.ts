import type { Clock, Id } from '@wennuan/basics';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Fund } from '../fund/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Payment, SignatureCheck } from '../payment/index.ts';
import type { Place } from '../place/index.ts';
import type { NoticeOutcome, PaidNotice } from './receive.service.ts';

/** What `donation` asks of lower modules by name, and of the outside through payment channels. */
export interface DonationNeeds {
  database: Database;
  vault: Vault;
  clock: Clock;
  newId(): Id;
  place: Pick<Place, 'ref' | 'district' | 'workingTime' | 'above'>;
  fund: Pick<Fund, 'openAccounts' | 'trace' | 'listFunds' | 'purposes' | 'paidTo' | 'emptyPots'>;
  desk: Pick<Desk, 'open' | 'close'>;
  message: Pick<MessageModule, 'send'>;
  attachment: Pick<AttachmentModule, 'adopt' | 'views'>;
  organization: Pick<OrganizationModule, 'names' | 'giverNames'>;
  payment: Pick<
    Payment,
    | 'recordStatements'
    | 'notePosted'
    | 'sumStatements'
    | 'countDifferences'
    | 'lockEntries'
    | 'openStatements'
    | 'listPaidOrders'
    | 'noteReceived'
    | 'insertBegun'
    | 'listToAsk'
    | 'noteStates'
    | 'recordRefunds'
    | 'channels'
    | 'keepNotices'
    | 'noteReturned'
    | 'insertNoted'
    | 'listBills'
    | 'noteBill'
  >;
  /** Communities where the person bound to an account is registered or lives; empty when unbound. */
  homeAreas(tx: Scoped, accountId: Id): Promise<readonly number[]>;
  /** Telephone and address of the federation, as campaign pages must show them. */
  contact: string;
  /** The site's own address, for what outsiders send people back to. */
  siteUrl(): string;
  /** Port: checks signatures of notices beside the server's own thread; without it, in it. */
  isSigned?: SignatureCheck;
  /** Port: books a batch of notices beside the server's own thread; without it, in it. */
  receiveBeside?(notices: PaidNotice[]): Promise<NoticeOutcome[]>;
  /** Port: campaigns that take no gifts now because of a complaint. */
  pausedCampaigns?(tx: Scoped, campaignIds: readonly Id[]): Promise<ReadonlySet<Id>>;
}
