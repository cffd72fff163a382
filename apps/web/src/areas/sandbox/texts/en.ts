import type { Texts } from '../../../shared/i18n/index.ts';
import type zh from './zh.ts';

const en: Texts<typeof zh> = {
  title: 'Sandbox',
  lead: 'Stands in for real text messages, codes and the payment platform; only in practice and demo.',
  messages: {
    title: 'Sandbox messages',
    lead: 'Every text message the system sends is here; none goes to a telephone.',
    none: 'Nothing has been sent yet.',
    to: 'To {{telephone}}',
    signIn: 'Back to the code field',
  },
  codes: {
    title: 'Sandbox sign-ins',
    lead: 'Demo accounts with their codes of this moment. Codes change every 30 seconds.',
    staff: 'Staff',
    residents: 'Residents (sign in by telephone)',
    name: 'User name',
    role: 'Role',
    area: 'Area',
    password: 'Password',
    code: 'Code',
    telephone: 'Mobile number',
    note: 'Note',
    toStaff: 'Staff sign-in',
    toResident: 'Resident sign-in',
  },
  wechat: {
    title: 'WeChat Pay (sandbox)',
    lead: 'In real life this happens inside WeChat. Signatures, sealing and notices are as WeChat Pay’s; only no money moves.',
  },
  cashier: {
    title: 'Gongyibao cashier (sandbox)',
    lead: 'In real life this step is done on the platform designated by the Ministry of Civil Affairs.',
    project: 'To',
    amount: 'Amount',
    pay: 'Pay (no money is taken)',
    cancel: 'Do not give, go back',
    paid: 'Paid',
    paidText: 'The platform has sent its signed notice and the gift is in the books.',
    waitingText:
      'The platform has the money; its notice is on the way and the gift page updates itself.',
    cancelled: 'This order was cancelled.',
    see: 'See my gift',
  },
};

export default en;
