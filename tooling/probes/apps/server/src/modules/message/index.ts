// A lower module asks a higher one.
export { insight as message } from '../insight/index.ts';
