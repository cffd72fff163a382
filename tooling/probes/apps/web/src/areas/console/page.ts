// The web sees the ledger, and one area another.
export { contract } from '../../../../../packages/ledger/src/index.ts';
export { page } from '../resident/page.ts';
