export type {
  Balance,
  Finding,
  HoldCommand,
  HoldOutcome,
  Leaf,
  LedgerRefusal,
  NewAccount,
  NewEvent,
  Outcome,
  PostBatch,
  ReleaseOutcome,
  SequencedEvent,
  Sql,
  Statement,
  StatementCursor,
  StatementLine,
  Transfer,
  TransferCommand,
  Turnover,
  Unit,
  WorldTotal,
} from './types.ts';
export type {
  Direction,
  TraceCursor,
  TraceEntry,
  TraceGroup,
  TraceHop,
  TraceHopRequest,
  TracePiece,
  TraceRequest,
  TraceResult,
  TraceStart,
} from './trace-types.ts';
export { LOOK } from './look.ts';
export { openAccounts, post, WRITE } from './post.ts';
export { hold, releaseExpiredHolds, releaseHolds } from './holds.ts';
export { balances, statement, transfers, worldTotals } from './read.ts';
export { trace, traceHop } from './trace.ts';
export { columnsOf, type Columns } from './arrays.ts';
export {
  APPEND_EVENTS,
  appendEvents,
  eventChannel,
  eventsAfter,
  leavesFrom,
  sequence,
} from './sequence.ts';
export { turnover } from './turnover.ts';
export { check } from './check.ts';
export { isKeyRace } from './errors.ts';
export { ledgerGrants, migrations } from './migrations.ts';
