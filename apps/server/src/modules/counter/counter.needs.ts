import type { Clock, Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { Benefit } from '../benefit/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Goods } from '../goods/index.ts';
import type { NeedModule } from '../need/index.ts';
import type { CodeGateway } from '../payment/index.ts';
import type { Place } from '../place/index.ts';
import type { Sale } from '../sale/index.ts';

/** What `counter` asks of lower modules. */
export interface CounterNeeds {
  database: Database;
  vault: Vault;
  clock: Clock;
  newId: () => Id;
  place: Pick<Place, 'servicePoints' | 'above' | 'ref'>;
  access: Pick<Access, 'names' | 'findByTelephone' | 'openResident'>;
  need: Pick<NeedModule, 'file'>;
  goods: Pick<Goods, 'available' | 'setAside' | 'giveBack' | 'kindGifts'>;
  benefit: Pick<Benefit, 'scan' | 'replaceLost' | 'holdFor' | 'endHolds' | 'heldBy' | 'usableIn'>;
  catalogue: Pick<
    Catalogue,
    'free' | 'variants' | 'sellers' | 'sellingPlace' | 'member' | 'merchantRows'
  >;
  sale: Pick<
    Sale,
    'price' | 'record' | 'refund' | 'slips' | 'listMoneyBack' | 'askRefund' | 'giveInCash'
  >;
  /** Payments with the code on a buyer's telephone; null where none is set up. */
  codeGateway: CodeGateway | null;
}
