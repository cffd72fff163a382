// Shared parts know an area, which makes a circle.
import { page } from '../areas/resident/page.ts';

export const shared = () => page;
