// A lower module asks a higher one.
export { insight as need } from '../insight/index.ts';
