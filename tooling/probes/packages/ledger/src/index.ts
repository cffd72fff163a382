// Two libraries know each other, and one knows the application.
export { contract } from '../../contract/src/index.ts';
export { secretOfInsight } from '../../../apps/server/src/compose/index.ts';
