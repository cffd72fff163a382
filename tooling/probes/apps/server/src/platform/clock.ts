// The platform knows a module, if only its types.
import type { insight } from '../modules/insight/index.ts';

export type Known = typeof insight;
