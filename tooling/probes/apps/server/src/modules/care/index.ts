// A lower module asks a higher one.
export { insight as care } from '../insight/index.ts';
