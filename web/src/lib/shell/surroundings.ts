/** What lies around the page and shows the clock's state too: the tab's icon and the phone's theme colour. */
export function showState(running: boolean): void {
	const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
	const wanted = `/icons/${running ? 'running' : 'idle'}.svg`;
	if (icon && icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
	const theme = document.querySelector('meta[name="theme-color"]');
	theme?.setAttribute('content', asRgb(running ? '--running' : '--surface-page'));
}

/** The colour behind a token as the theme in force has it; browsers read no OKLCH in a theme colour. */
function asRgb(token: string): string {
	const probe = document.createElement('span');
	probe.style.color = `var(${token})`;
	document.body.append(probe);
	const color = getComputedStyle(probe).color;
	probe.remove();
	const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	if (!canvas) return color;
	canvas.fillStyle = color;
	canvas.fillRect(0, 0, 1, 1);
	const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
	return `rgb(${red} ${green} ${blue})`;
}
