import openapi, { astToString, COMMENT_HEADER, type OpenAPI3 } from 'openapi-typescript';
import { expect, test } from 'vitest';
import document from '../../../../openapi.json' with { type: 'json' };
import kept from './schema.d.ts?raw';

test('schema.d.ts is what the server describes: run `npm run types` where it is not', async () => {
	const nodes = await openapi(document as unknown as OpenAPI3);
	expect(kept === COMMENT_HEADER + astToString(nodes), 'schema.d.ts is stale: run `npm run types`').toBe(
		true
	);
});
