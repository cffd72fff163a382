// The ground depends on something.
export { readFileSync } from 'node:fs';
