// A module knows what composes it.
export { secretOfInsight } from '../../compose/index.ts';
