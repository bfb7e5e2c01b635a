export type Theme = 'system' | 'light' | 'dark';

const STORED_THEME = 'vibesheets.theme';

/** The theme of this device; it is not the member's, because a phone at night differs from a desk by day. */
export function storedTheme(): Theme {
	const stored = localStorage.getItem(STORED_THEME);
	return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function applyTheme(theme: Theme = storedTheme()): void {
	const root = document.documentElement;
	if (theme === 'system') delete root.dataset.theme;
	else root.dataset.theme = theme;
}

export function useTheme(theme: Theme): void {
	if (theme === 'system') localStorage.removeItem(STORED_THEME);
	else localStorage.setItem(STORED_THEME, theme);
	applyTheme(theme);
}
