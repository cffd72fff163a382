// A lower module asks a higher one.
export { insight as fund } from '../insight/index.ts';
