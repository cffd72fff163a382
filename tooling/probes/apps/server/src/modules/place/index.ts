// A lower module asks a higher one.
export { insight as place } from '../insight/index.ts';
