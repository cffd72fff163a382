// Goes past the door of another module.
import type { Need } from '../need/need.store.ts';

export const routes: Need[] = [];
