import type { Texts } from '../../../../shared/i18n/index.ts';
import type zh from './zh.machinery.ts';

const en: Texts<typeof zh> = {
  attachments: 'clearing unused pictures',
  binding: 'joining matters to a bound account',
  'command line': 'command line',
  complaint: 'answering complaints',
  'daily bills': 'fetching channels’ bills',
  disclosure: 'duties of disclosure',
  events: 'telling other modules',
  'group-buy': 'settling group-buys',
  'my-data': 'requests about data',
  'payment channel': 'payment channel',
  platform: 'designated platform',
  publication: 'public log',
  'publication witnesses': 'witnesses of the log',
  receipt: 'confirmations',
  'roster links': 'linking persons',
  'roster retention': 'clearing old rosters',
  sandbox: 'sandbox',
  'sandbox WeChat Pay': 'sandbox WeChat Pay',
  'sandbox platform': 'sandbox platform',
  'seller channel': 'sellers’ channel',
  sequencer: 'numbering the ledger',
  'sign-in': 'sign-in',
  start: 'start of the server',
  'text messages': 'text messages',
  demo: 'demo district',
  访客: 'visitor',
  '公益捐赠平台（沙箱）': 'designated platform (sandbox)',
};
export default en;
