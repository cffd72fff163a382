// A lower module asks a higher one.
export { insight as payment } from '../insight/index.ts';
