import { describe, expect, test } from 'vitest';
import { moved, neighbour } from './moves.ts';

const extent = { first: { row: -1, column: 0 }, last: { row: 3, column: 7 } };
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });

describe('moving in the grid', () => {
	test.each([
		['ArrowRight', { row: 1, column: 3 }],
		['ArrowLeft', { row: 1, column: 1 }],
		['ArrowUp', { row: 0, column: 2 }],
		['ArrowDown', { row: 2, column: 2 }],
		['Home', { row: 1, column: 0 }],
		['End', { row: 1, column: 7 }]
	])('%s', (key, place) => {
		expect(moved({ row: 1, column: 2 }, press(key), extent)).toEqual(place);
	});

	test('the corners are one key away', () => {
		expect(moved({ row: 1, column: 2 }, press('Home', true), extent)).toEqual(extent.first);
		expect(moved({ row: 1, column: 2 }, press('End', true), extent)).toEqual(extent.last);
	});

	test('nothing leads out of the grid', () => {
		expect(moved(extent.last, press('ArrowRight'), extent)).toEqual(extent.last);
		expect(moved(extent.first, press('ArrowUp'), extent)).toEqual(extent.first);
	});

	test('left and right follow the eye where lines run from right to left', () => {
		expect(moved({ row: 1, column: 2 }, press('ArrowLeft'), extent, true)).toEqual({ row: 1, column: 3 });
	});

	test('other keys move nothing', () => {
		expect(moved({ row: 1, column: 2 }, press('x'), extent)).toBeNull();
	});
});

describe('the next cell', () => {
	test('wraps to the next row and back', () => {
		expect(neighbour({ row: 0, column: 6 }, false, 2, 7)).toEqual({ row: 1, column: 0 });
		expect(neighbour({ row: 1, column: 0 }, true, 2, 7)).toEqual({ row: 0, column: 6 });
	});

	test('there is none after the last and before the first', () => {
		expect(neighbour({ row: 1, column: 6 }, false, 2, 7)).toBeNull();
		expect(neighbour({ row: 0, column: 0 }, true, 2, 7)).toBeNull();
	});
});
