// A lower module asks a higher one.
export { insight as access } from '../insight/index.ts';
