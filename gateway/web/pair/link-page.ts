/** What a pairing link says of itself. */
export type LinkPage = {
	brand: string | null
	note: string | null
	/** `#rrggbb`; white text on it is legible. */
	color: string | null
	has_logo: boolean
	expires_at: string
}
