/** The contrast of a colour `#rrggbb` with white, 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrastWithWhite(color: string): number {
	const [red, green, blue] = [1, 3, 5].map((at) =>
		linear(parseInt(color.slice(at, at + 2), 16) / 255),
	)
	const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
	return 1.05 / (luminance + 0.05)
}

const linear = (channel: number) =>
	channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
