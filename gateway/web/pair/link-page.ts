import type { LinkLanguage } from '../../src/http/links/language.ts'

/** What a pairing link says of itself. */
export type LinkPage = {
	id: string
	/** In which the page speaks; null: in the one that the browser prefers. */
	language: LinkLanguage | null
	brand: string | null
	note: string | null
	/** `#rrggbb`; white text on it is legible. */
	color: string | null
	has_logo: boolean
	expires_at: string
}
