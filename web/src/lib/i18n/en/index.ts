import { first } from './first.ts';
import { rest } from './rest.ts';

/** Every message of the app. English is the one that the other languages are checked against. */
export const catalogue = { ...first, ...rest } as const;
