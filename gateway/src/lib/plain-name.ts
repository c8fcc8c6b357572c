const MAX_LENGTH = 255
const EXTENSION = /\.[^.]{1,16}$/

/**
 * Control characters, line ends among them; half surrogate pairs; and what changes the direction of text, with which
 * `exe.pdf` can be shown for `fdp.exe`.
 */
const unwanted = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/**
 * The name of a file without folders and characters that deceive, at most 255 long; undefined if nothing is left.
 * @example plainName('../reports/May\r\n.pdf') // 'May.pdf'
 */
export function plainName(given: string | undefined): string | undefined {
	const plain = given?.replace(unwanted, '').split(/[/\\]/).at(-1)?.trim()
	return !plain || /^\.+$/.test(plain) ? undefined : shortened(plain)
}

/** Keeps the extension, which says what the file is. */
function shortened(name: string): string {
	if (name.length <= MAX_LENGTH) return name
	const extension = EXTENSION.exec(name)?.[0] ?? ''
	const stem = name.slice(0, MAX_LENGTH - extension.length)
	return `${stem.replace(unwanted, '')}${extension}`
}
