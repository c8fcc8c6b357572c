import { z } from '@hono/zod-openapi'

const LINK = 'https://chat.whatsapp.com/'

/** What people copy: a link with or without its scheme, perhaps of the older form, with what apps add to its end. */
const codeIn = (given: string): string =>
	given
		.trim()
		.replace(/^(https?:\/\/)?chat\.whatsapp\.com\/(invite\/)?/i, '')
		.replace(/\/?([?#].*)?$/, '')

/** The code of a group's invite link, out of the code or the link with it. */
export const inviteCodeField = z
	.string()
	.transform(codeIn)
	.pipe(z.string().regex(/^[\w-]{6,64}$/, 'must be an invite code, or the link with it'))
	.meta({
		title: 'Invite Code',
		description: "Code of the group's invite link, or the whole link",
		examples: ['AbCdEfGhIjKlMnOpQrStUv'],
	})

/** The invite link of a group. */
export const inviteLinkOf = (code: string): string => `${LINK}${code}`
