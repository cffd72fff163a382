import type { Texts } from '../../../shared/i18n/index.ts';
import type { zhLog } from './zh.log.ts';

export const enLog: Texts<typeof zhLog> = {
  receipt: {
    title: 'Receipt in the public log',
    pending: 'The receipt is being made, mostly within two seconds.',
    ready:
      'Written into the public log as number {{number}}. What is written there cannot be changed, and everybody can check it.',
    erased:
      'In the public log this gift is number {{number}}. What opened it was destroyed on request; the log is as whole as before.',
    check: 'Check it on this device',
    right:
      'It is right. The log says: {{day}}, {{amount}}, into {{code}}. It is one of the {{size}} entries that the log has signed, and it was not changed.',
    private: 'a private account',
    wrong:
      'It does not check out: {{why}} Please download the receipt and show it to the {{federation}}, or call 12345.',
    fault: {
      malformed: 'the receipt is not complete.',
      signature: 'the log’s signature is not right.',
      notIncluded: 'what the log has signed does not hold this entry.',
      altered: 'what the receipt says is not what the log says.',
      otherGift: 'this receipt is another gift’s.',
      otherLog: 'the log contradicts itself.',
    },
    away: 'There is no connection now; nothing was checked. Please try later.',
    download: 'Download the receipt',
    offline:
      'Keep the file: it can be checked on another computer, without a network, many years from now.',
  },
  log: {
    title: 'The public log',
    lead: 'Every movement is written into a signed log. Anybody can download all of it and count again; one changed letter would show.',
    origin: 'Name of the log',
    size: 'Written so far',
    sizeText: '{{many}} entries',
    signed: 'Last signed',
    key: 'Public key',
    halted:
      'The log is halted while the reason is found out. What was published before is not affected.',
    how: 'You need not believe us: download, recompute and compare on your own machine.',
    more: 'Witnesses and ways to check',
    witnesses: 'Witnesses',
    witnessLead:
      'Witnesses are others: each time the log grows they check that nothing before was changed, and then sign.',
    witnessNone: 'There is no witness yet. Anybody may be one; see below.',
    witnessAll: 'signed up to now',
    witnessSize: 'signed up to entry {{many}}',
    witnessFault: 'could not be reached lately',
    witnessedHead: 'The head that witnesses have signed',
    ways: 'How to check',
    way: {
      receipt: 'Check one’s own receipt (offline)',
      site: 'Check the whole log',
      witness: 'And ask that witnesses have signed',
      be: 'Be a witness',
    },
    command: {
      receipt: 'wennuan log verify --proof FILE',
      site: 'wennuan log verify --url ADDRESS',
      witness: 'wennuan log verify --url ADDRESS --witness KEY --quorum 1',
      be: 'wennuan log witness --log ADDRESS --data FOLDER',
    },
    verify: 'Check it yourself: install this software and run, with the address of this site,',
  },
};
