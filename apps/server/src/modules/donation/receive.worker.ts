import { newId } from '@wennuan/basics';
import { serveBeside } from '../../platform/beside.ts';
import { listPaidOrders, noteReceived } from '../payment/index.ts';
import { type NoticeOutcome, type PaidNotice, writeReceived } from './receive.service.ts';

serveBeside<PaidNotice, NoticeOutcome>((database, notices) =>
  writeReceived({ database, newId, payment: { listPaidOrders, noteReceived } }, notices),
);
