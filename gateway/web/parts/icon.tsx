/** Lines on a square of 24. */
const paths = {
	back: 'M15 5l-7 7 7 7',
	attach:
		'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.4a1.8 1.8 0 0 1-2.5-2.5L15 7',
	mic: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3',
	send: 'M4 12h15M13 6l6 6-6 6',
	close: 'M6 6l12 12M18 6L6 18',
	more: 'M5 12h.01M12 12h.01M19 12h.01',
	plus: 'M12 5v14M5 12h14',
	bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
	waiting: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2',
	one: 'M5 12l5 5L20 7',
	two: 'M2 12l5 5L17 7M11 15l2 2L22 7',
	failed: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v5M12 16h.01',
	file: 'M7 3h7l4 4v14H7zM14 3v4h4',
	pin: 'M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12zM12 11h.01',
}

export type IconName = keyof typeof paths

/** A picture beside a word, or in a button that has one: screen readers pass over it. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
	return (
		<svg class="icon-svg" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
			<path d={paths[name]} />
		</svg>
	)
}
