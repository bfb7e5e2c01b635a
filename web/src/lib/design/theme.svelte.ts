export type Theme = 'system' | 'light' | 'dark';

const STORED_THEME = 'vibesheets.theme';

/** The theme of this device; it is not the member's, because a phone at night differs from a desk by day. */
class ThemeChoice {
	current = $state<Theme>('system');

	/** Takes up what was chosen on this device before. */
	recall(): void {
		const stored = localStorage.getItem(STORED_THEME);
		this.#apply(stored === 'light' || stored === 'dark' ? stored : 'system');
	}

	choose(theme: Theme): void {
		if (theme === 'system') localStorage.removeItem(STORED_THEME);
		else localStorage.setItem(STORED_THEME, theme);
		this.#apply(theme);
	}

	#apply(theme: Theme): void {
		this.current = theme;
		const root = document.documentElement;
		if (theme === 'system') delete root.dataset.theme;
		else root.dataset.theme = theme;
	}
}

export const theme = new ThemeChoice();
