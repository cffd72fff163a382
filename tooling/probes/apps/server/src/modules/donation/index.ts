// A lower module asks a higher one.
export { insight as donation } from '../insight/index.ts';
