// Goes past the door from outside.
export { secretOfInsight } from '../modules/insight/insight.ts';
