import { z } from '@hono/zod-openapi'
import { plainName } from '../lib/plain-name.ts'
import type { MediaSource } from './media-source.ts'

/** What every send takes besides the fields of its type. */
export const envelope = z.object({
	to: z.string().meta({
		title: 'To',
		description:
			'Phone number with country code, the id of a person, group or channel, or `@username`; `status@broadcast` posts a status',
		examples: ['4915112345678'],
	}),
	reply_to: z
		.string()
		.min(1)
		.max(128)
		.optional()
		.meta({
			title: 'Reply To',
			description: 'Id of the message to reply to; it is quoted',
			examples: ['3EB0538DA65A59F6D8A251'],
		}),
	expiration: z
		.number()
		.int()
		.min(0)
		.max(31_536_000)
		.optional()
		.meta({
			title: 'Disappears After',
			description:
				"Seconds after which the message disappears, instead of what is set in the chat (0: it stays). WhatsApp's own clients offer 1, 7 and 90 days; any number works",
			examples: [86_400, 604_800, 7_776_000, 0],
		}),
	audience: z
		.array(z.string())
		.min(1)
		.max(5_000)
		.optional()
		.meta({
			title: 'Audience',
			description:
				'People who see a status: phone numbers or ids. Each of them costs one encryption',
			examples: [['4915112345678']],
		}),
	check_recipient: z
		.boolean()
		.optional()
		.meta({
			title: 'Check Recipient',
			description: 'Whether to check first that the number is on WhatsApp',
			examples: [true],
		}),
	typing: z
		.boolean()
		.optional()
		.meta({
			title: 'Typing',
			description:
				'Whether the chat shows first that the account is typing, for as long as a person takes for that text: 1 to 15 seconds; before a voice note, that it is recording. The message is kept meanwhile, and later ones wait for it',
			examples: [true],
		}),
	typing_seconds: z
		.number()
		.positive()
		.max(60)
		.optional()
		.meta({
			title: 'Typing Seconds',
			description: 'Show typing or recording for so many seconds, whatever the text',
			examples: [3],
		}),
	pause_seconds: z
		.number()
		.min(0)
		.max(300)
		.optional()
		.meta({
			title: 'Pause Before Sending (Seconds)',
			description:
				'So many seconds after the last message to anybody else this one leaves (0: at once), instead of the pause that is set for the session. It is kept meanwhile, and later ones to the chat wait for it',
			examples: [10],
		}),
	dry_run: z
		.boolean()
		.optional()
		.meta({
			title: 'Dry Run',
			description:
				'Whether nothing is sent: the answer says whom the message would go to, and whether the limits of the number would let it go now',
			examples: [true],
		}),
})

/** The fields of a type whose text may name people. */
export const mentionable = {
	mentions: z
		.array(z.string())
		.min(1)
		.max(1024)
		.optional()
		.meta({
			title: 'Mentions',
			description:
				'People to mention: phone numbers or ids. Write `@` and the number into the text',
			examples: [['4915112345678']],
		}),
	mention_all: z
		.boolean()
		.optional()
		.meta({
			title: 'Mention All',
			description: 'Whether to mention every member of a group',
			examples: [true],
		}),
}

/** The field of a type that can be made to be opened once only. */
export const viewable = {
	view_once: z
		.boolean()
		.optional()
		.meta({
			title: 'View Once',
			description: 'Whether recipients can open it only once',
			examples: [true],
		}),
}

/** The text below a file. */
export const captioned = {
	caption: z
		.string()
		.max(65_536)
		.optional()
		.meta({
			title: 'Caption',
			description: 'Text below the file; *bold*, _italic_ and ~strikethrough~ work',
			examples: ['Check this out!'],
		}),
}

/** The name of a file that is shown as such. */
export const filename = z
	.string()
	.min(1)
	.max(255)
	.transform(plainName)
	.meta({ title: 'File Name', description: 'As recipients see it', examples: ['report.pdf'] })

/** Said of types of which only a business account's phone may show anything. */
export const unverified =
	'WhatsApp decides whether it delivers and shows this from an ordinary account; that was not verified.'

/** Said of types in which WhatsApp has no place for a quote. */
export const unquotable = 'It cannot quote a message: `reply_to` has no effect.'

/** The common fields of a request, as every type may have them. */
export type Envelope = z.output<typeof envelope> & {
	mentions?: string[] | undefined
	mention_all?: boolean | undefined
	view_once?: boolean | undefined
	quoted?: GivenQuote | undefined
	preview?: GivenPreview | undefined
}

/** What is shown of a link in a text, as other systems give it: the page is not looked at. */
export type GivenPreview = {
	/** The link as it stands in the text. */
	url: string
	title: string
	description?: string | undefined
	image?: Exclude<MediaSource, { kind: 'reference' }> | undefined
}

/** A message to reply to that comes with the request, as other systems give it; it need not be kept. */
export type GivenQuote = {
	id: string
	/** The protobuf message as JSON; bytes are base64. */
	message: Record<string, unknown>
	from_me: boolean
	/** The jid of its author in a group, if it is another one. */
	participant?: string | undefined
}
