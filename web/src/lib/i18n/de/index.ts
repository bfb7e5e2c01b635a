import type { catalogue as english } from '../en/index.ts';
import type { Translation } from '../message.ts';
import { first } from './first.ts';
import { rest } from './rest.ts';

export const catalogue: Translation<typeof english> = { ...first, ...rest };
