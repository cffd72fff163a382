// A lower module asks a higher one.
export { insight as sale } from '../insight/index.ts';
