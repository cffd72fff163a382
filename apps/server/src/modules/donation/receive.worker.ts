import { newId } from '@wennuan/basics';
import { serveDatabaseBeside } from '../../platform/database/beside.ts';
import { listPaidOrders, noteReceived } from '../payment/index.ts';
import { type NoticeOutcome, type PaidNotice, writeReceived } from './receive.service.ts';

serveDatabaseBeside<PaidNotice, NoticeOutcome>((database, notices) =>
  writeReceived({ database, newId, payment: { listPaidOrders, noteReceived } }, notices),
);
