import { z } from '@hono/zod-openapi'
import { pickers, type Picker } from '../../messages/fields/pickers.ts'

const picked = (picker: Picker, title: string, description: string, example: string) =>
	z
		.string()
		.min(1)
		.max(200)
		.meta({ title, description, examples: [example] })
		.register(pickers, { picker })

const GROUP = '120363000000000000@g.us'
const anyPerson = 'A phone number with country code, or the id of a person'

/** The id of a group, with its ending or without. */
export const groupRef = picked('group', 'Group', 'Id of the group', GROUP)
export const communityRef = picked('community', 'Community', 'Id of the community', GROUP)
export const channelRef = picked(
	'channel',
	'Channel',
	'Id of the channel, or its invite link',
	'120363000000000000@newsletter',
)
/** A person, as `toJid` reads them. */
export const contactRef = picked('contact', 'Contact', anyPerson, '4915112345678')
/** A business: a person as `toJid` reads them, or the account itself. */
export const businessRef = picked(
	'contact',
	'Business',
	`${anyPerson}; \`me\` is the account itself`,
	'me',
)
/** A person, group or channel, as `toJid` reads them. */
export const chatRef = picked('chat', 'Chat', `${anyPerson}, group or channel`, '4915112345678')
export const labelRef = picked('label', 'Label', 'Id of the label', '1')

const MOST_PEOPLE = 256

/** People, as `toJid` reads them: a body of WA-RS' group operations. */
export const participantsBody = z.object({
	participants: z
		.array(z.string().min(1).max(100))
		.min(1)
		.max(MOST_PEOPLE)
		.meta({
			title: 'Participants',
			description: `Phone numbers with country code, or ids; ${MOST_PEOPLE} at most`,
			examples: [['4915112345678', '4915112345679']],
		}),
})

const MOST_ENTRIES = 10_000

/** The query of a list that is read page by page. @param most how many entries a page has if the request does not say */
export const pageQuery = (most = 100) =>
	z.object({
		limit: z.coerce.number().int().min(1).max(MOST_ENTRIES).default(most).meta({
			title: 'Limit',
			description: 'How many entries to answer with',
		}),
		offset: z.coerce.number().int().min(0).default(0).meta({
			title: 'Offset',
			description: 'How many entries to leave out at the start',
		}),
	})

/** The entries of a page, and how many there are in all. */
export const pageOf = <T>(
	all: readonly T[],
	{ limit, offset }: z.output<ReturnType<typeof pageQuery>>,
) => ({ page: all.slice(offset, offset + limit), total: all.length })

/** The body of a change: fields of which at least one is given. */
export const atLeastOne = <Shape extends z.ZodRawShape>(fields: Shape) =>
	z.object(fields).refine((given) => Object.values(given).some((value) => value !== undefined), {
		message: 'Give at least one field to change',
	})

/** Words to search for in a list. */
export const search = z.string().max(100).default('').meta({
	title: 'Search',
	description: 'In the name, the number or the id',
})

/** A boolean in a query. */
export const queryFlag = z.enum(['true', 'false']).transform((text) => text === 'true')
