// A lower module asks a higher one.
export { insight as supervision } from '../insight/index.ts';
