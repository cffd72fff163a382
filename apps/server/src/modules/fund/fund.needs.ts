import type { Id } from '@wennuan/basics';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Approval } from '../approval/index.ts';
import type { Desk } from '../desk/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { Place } from '../place/index.ts';

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
  /** Organisations by id: the name in books and the name for the public. */
  organizations(
    tx: Scoped,
    ids: readonly Id[],
  ): Promise<ReadonlyMap<Id, { name: string; publicName: string }>>;
  /**
   * Persons by id, masked: only those who may be paid and whom the reader may know of. `hasConsent` is
   * whether her consent to being proposed is on file.
   */
  persons(
    tx: Scoped,
    ids: readonly Id[],
  ): Promise<ReadonlyMap<Id, { maskedName: string; areaId: number; hasConsent: boolean }>>;
  /** Puts uploaded files beside a proposal; refuses `attachment_unknown`. */
  attach(
    tx: Writing,
    command: {
      attachmentIds: readonly Id[];
      subjectKind: string;
      subjectId: Id;
      areaId: number | null;
    },
  ): Promise<void>;
  /** Port to `donation`: the public names of gifts; a gift without one is absent. */
  giverNames(tx: Scoped, giftIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  /** Port to `need`: what became of wishes. */
  outcomes(tx: Scoped, needIds: readonly Id[]): Promise<ReadonlyMap<Id, Outcome>>;
  /** Port to `need`: the numbers people read out. */
  needNumbers(tx: Scoped, needIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
}
