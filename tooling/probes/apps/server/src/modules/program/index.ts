// A lower module asks a higher one.
export { insight as program } from '../insight/index.ts';
