// A lower module asks a higher one.
export { insight as shop } from '../insight/index.ts';
