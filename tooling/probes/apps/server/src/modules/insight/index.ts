export { insight } from './insight.ts';
