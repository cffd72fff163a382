// A lower module asks a higher one.
export { insight as organization } from '../insight/index.ts';
