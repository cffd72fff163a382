// A lower module asks a higher one.
export { insight as settlement } from '../insight/index.ts';
