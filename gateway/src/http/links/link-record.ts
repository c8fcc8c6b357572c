import { z } from '@hono/zod-openapi'
import { contrastWithWhite } from './contrast.ts'
import { linkLanguage } from './language.ts'
import type { LinkEnding } from './link-ended.ts'

/** Text is legible from here on: WCAG 2.2, 1.4.3. */
const MIN_CONTRAST = 4.5

/** What the page of a link says of who sent it. */
export const linkBrand = z.object({
	brand: z
		.string()
		.trim()
		.min(1)
		.max(60)
		.optional()
		.meta({
			title: 'Brand',
			description: 'Who asks to link the phone, as the page shows it',
			examples: ['Bright Bookings'],
		}),
	note: z
		.string()
		.trim()
		.max(200)
		.optional()
		.meta({
			title: 'Note',
			description: 'A sentence on the page',
			examples: ['Link your salon, so that we can answer your customers.'],
		}),
	color: z
		.string()
		.regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0b6e54')
		.refine(
			(color) => contrastWithWhite(color) >= MIN_CONTRAST,
			'must be darker: white text is on it',
		)
		.optional()
		.meta({ title: 'Color', description: 'Of the buttons', examples: ['#0b6e54'] }),
	language: linkLanguage.optional().meta({
		title: 'Language',
		description: "Of the page; without it, the one that the client's browser prefers",
		examples: ['de'],
	}),
})

export const linkRecord = z.object({
	id: z.string(),
	session: z.string(),
	/** SHA-256 of the token, hex. It is 256 random bits. */
	hash: z.string(),
	/** SHA-256 of what the browser that opened it has in its cookie; null before. */
	browser: z.string().nullable(),
	...linkBrand.shape,
	/** JPEG, base64. */
	logo: z.string().nullable(),
	created_at: z.iso.datetime(),
	expires_at: z.iso.datetime(),
	opened_at: z.iso.datetime().nullable(),
	opened_by: z.string().nullable(),
	linked_at: z.iso.datetime().nullable(),
	revoked_at: z.iso.datetime().nullable(),
	/** Pairing codes that were made. */
	codes: z.number().int(),
	/** Numbers for which none was made. */
	refused: z.number().int().default(0),
})

export type LinkRecord = z.output<typeof linkRecord>

/** Somebody who asks for more does something else than linking a phone. */
export const MAX_CODES = 5
/** Room for mistyped numbers; each may be a question to WhatsApp. */
const MAX_REFUSED = 20

export const linkState = z.enum(['new', 'opened', 'linked', 'expired', 'revoked', 'used_up'])
export type LinkState = z.output<typeof linkState>

/** Only a `new` and an `opened` link can be used. */
export function linkStateOf(link: LinkRecord, now: number): LinkState {
	return linkEndingOf(link, now) ?? (link.browser ? 'opened' : 'new')
}

/** Why a link can no longer be used, by what is known of it; undefined for one that can. */
export function linkEndingOf(
	link: LinkRecord,
	now: number,
): Exclude<LinkEnding, 'gone' | 'elsewhere'> | undefined {
	if (link.linked_at) return 'linked'
	if (link.revoked_at) return 'revoked'
	if (Date.parse(link.expires_at) <= now) return 'expired'
	if (link.codes >= MAX_CODES || link.refused >= MAX_REFUSED) return 'used_up'
	return undefined
}
