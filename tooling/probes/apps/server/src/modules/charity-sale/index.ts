// A lower module asks a higher one.
export { insight as charitySale } from '../insight/index.ts';
