// A lower module asks a higher one.
export { insight as catalogue } from '../insight/index.ts';
