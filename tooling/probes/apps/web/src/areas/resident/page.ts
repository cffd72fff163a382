// Two files need each other.
import { shared } from '../../shared/button.ts';

export const page = () => shared;
