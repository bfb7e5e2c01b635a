/** Where a key takes the focus in a grid, after the ARIA practices for grids. */
export interface Place {
	row: number;
	column: number;
}

/** The first and last row and column that can have the focus. */
export interface Extent {
	first: Place;
	last: Place;
}

interface Pressed {
	key: string;
	ctrlKey: boolean;
	metaKey: boolean;
}

/** The place that `pressed` leads to from `place`; null where the key moves nothing. */
export function moved(
	place: Place,
	pressed: Pressed,
	{ first, last }: Extent,
	rightToLeft = false
): Place | null {
	const command = pressed.ctrlKey || pressed.metaKey;
	const forward = rightToLeft ? -1 : 1;
	const at = (row: number, column: number): Place => ({
		row: Math.min(Math.max(row, first.row), last.row),
		column: Math.min(Math.max(column, first.column), last.column)
	});
	switch (pressed.key) {
		case 'ArrowUp':
			return at(place.row - 1, place.column);
		case 'ArrowDown':
			return at(place.row + 1, place.column);
		case 'ArrowLeft':
			return at(place.row, place.column - forward);
		case 'ArrowRight':
			return at(place.row, place.column + forward);
		case 'Home':
			return at(command ? first.row : place.row, first.column);
		case 'End':
			return at(command ? last.row : place.row, last.column);
		default:
			return null;
	}
}

/** The cell after `place` in reading order, or before it; null at the grid's edge. */
export function neighbour(place: Place, backwards: boolean, rows: number, columns: number): Place | null {
	const index = place.row * columns + place.column + (backwards ? -1 : 1);
	if (index < 0 || index >= rows * columns) return null;
	return { row: Math.floor(index / columns), column: index % columns };
}
