import type { Clock } from '@wennuan/basics';
import type { PaymentConfig } from '../modules/payment/index.ts';
import type { Connection } from '../platform/database/roles.ts';

/** What an installation decides about the application before it is put together. */
export interface ComposeOptions {
  connection: Connection;
  /** Folder for encrypted files. */
  dataDir: string;
  clock: Clock;
  /** True when text messages, the cashier and one-time codes are the sandbox's. */
  sandbox: boolean;
  /** True when WeChat Pay is played beside the sandbox platform. */
  wechatSandbox?: boolean;
  limitRates: boolean;
  /** Telephone and address of the federation, as campaign pages must show them (Charity Law 24). */
  federationContact: string;
  /** Ways of paying in that are set up; none by default. */
  payments?: PaymentConfig;
  /** Name of a public log that is opened for the first time: its address without `https://`. */
  logOrigin?: string;
  /** The site's address as printed papers name it; without it, the one each was asked at. */
  publicAddress?: string;
  /** Folder of the built web app; without it only the API is served. */
  distFolder?: URL;
  log: boolean;
  /** True in a server that the outside reaches: gifts are booked in a thread of their own. */
  besideThread?: boolean;
  /** True when commits need not wait for the disk, as nobody outside waits for them: the demo. */
  relaxed?: boolean;
}
