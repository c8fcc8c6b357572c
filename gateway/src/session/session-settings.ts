import { z } from 'zod'

const flag = (title: string, description: string) => z.boolean().meta({ title, description })

const ignoredChats = z.object({
	groups: flag('Ignore Groups', 'Whether events of groups are left out'),
	status: flag('Ignore Status', 'Whether events of status updates are left out'),
	channels: flag('Ignore Channels', 'Whether events of channels are left out'),
	broadcast: flag(
		'Ignore Broadcast Lists',
		'Whether messages that were sent through a list are left out',
	),
})

const LONGEST_MESSAGE = 1_000

const callSettings = z
	.object({
		reject: z
			.boolean()
			.default(false)
			.meta({ title: 'Reject', description: 'Whether every call that comes in is rejected' }),
		groups: z
			.boolean()
			.default(true)
			.meta({ title: 'Groups', description: 'Whether calls of groups are rejected as well' }),
		message: z
			.string()
			.min(1)
			.max(LONGEST_MESSAGE)
			.optional()
			.meta({
				title: 'Message',
				description: 'A text that the caller gets then, at most once an hour',
				examples: ['Please write to us.'],
			}),
	})
	.meta({ title: 'Calls', description: 'What becomes of calls that come in' })

/** How careful a number is with people who have never written to it. */
export const governorModes = ['off', 'mild', 'strict'] as const

export type GovernorMode = (typeof governorModes)[number]

const timeOfDay = (title: string, description: string, example: string) =>
	z
		.string()
		.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:30')
		.nullable()
		.meta({ title, description, examples: [example] })

const mostFirst = (title: string, description: string) =>
	z
		.number()
		.int()
		.min(1)
		.max(100_000)
		.nullable()
		.meta({ title, description, examples: [20] })

const governorSettings = z.object({
	mode: z
		.enum(governorModes)
		.nullable()
		.meta({
			title: 'Mode',
			description:
				'How careful the number is with people who have never written to it; null as the setting GOVERNOR of the gateway says',
			examples: ['mild'],
		}),
	first_messages_per_hour: mostFirst(
		'First Messages per Hour',
		'How many people who have never written may get a first message in an hour, instead of the figure of the mode; null for that figure',
	),
	first_messages_per_day: mostFirst(
		'First Messages per Day',
		'The same in a day; null for the figure of the mode',
	),
	pause_seconds: z
		.number()
		.min(0)
		.max(300)
		.nullable()
		.meta({
			title: 'Pause Seconds',
			description:
				'The pause between messages to different people, unless they answer what came within a day; null as the mode has it',
			examples: [5],
		}),
	typing: z
		.boolean()
		.nullable()
		.meta({
			title: 'Typing',
			description:
				'Whether such messages show first that the account is typing, for as long as a person takes; null as the mode has it',
			examples: [true],
		}),
	quiet_from: timeOfDay(
		'Quiet From',
		'From this time of the day on nobody gets a message, except as an answer to what came within a day; null for no quiet hours',
		'22:00',
	),
	quiet_to: timeOfDay('Quiet To', 'When the quiet hours end', '07:00'),
	time_zone: z
		.string()
		.refine(isTimeZone, 'is not a time zone such as Europe/Berlin')
		.nullable()
		.meta({
			title: 'Time Zone',
			description: 'The time zone of these times; null for UTC',
			examples: ['Europe/Berlin'],
		}),
})

function isTimeZone(timeZone: string): boolean {
	try {
		return !!new Intl.DateTimeFormat('en-GB', { timeZone })
	} catch {
		return false
	}
}

/** How a session behaves by itself. */
export const sessionSettings = z.object({
	read_messages: z.enum(['off', 'all', 'chats']).meta({
		title: 'Read Messages',
		description:
			'Marks messages as read when they arrive: those of people and groups (`all`), or of people only (`chats`). The privacy settings of the account may hide it.',
		examples: ['chats'],
	}),
	presence: z.enum(['available', 'unavailable']).meta({
		title: 'Presence',
		description:
			'What the account shows whenever it connects. While it is available, the phone shows fewer notifications.',
		examples: ['available'],
	}),
	calls: callSettings,
	reconnect: flag(
		'Reconnect',
		'Whether it connects again by itself when the connection to WhatsApp is lost. Linking, and a start of the gateway, connect in any case.',
	),
	skip_history_sync: flag(
		'Skip History Sync',
		'Whether no event tells what the phone sends of earlier chats. Names, phone numbers and files of earlier messages are known all the same.',
	),
	governor: governorSettings.meta({
		title: 'Governor',
		description: 'What keeps the number from writing to too many new people',
	}),
	ignore: ignoredChats.meta({
		title: 'Ignore',
		description: 'Kinds of chats of which no event is told',
	}),
})

export type SessionSettings = z.output<typeof sessionSettings>

const standard: SessionSettings = {
	read_messages: 'off',
	presence: 'unavailable',
	calls: { reject: false, groups: true },
	reconnect: true,
	skip_history_sync: false,
	governor: {
		mode: null,
		first_messages_per_hour: null,
		first_messages_per_day: null,
		pause_seconds: null,
		typing: null,
		quiet_from: null,
		quiet_to: null,
		time_zone: null,
	},
	ignore: { groups: false, status: false, channels: false, broadcast: false },
}

/** A change of some settings: what is left out stays as it is. */
export const settingsChange = sessionSettings.partial().extend({
	governor: governorSettings.partial().optional().meta(sessionSettings.shape.governor.meta()!),
	ignore: ignoredChats.partial().optional().meta(sessionSettings.shape.ignore.meta()!),
})

export type SettingsChange = z.output<typeof settingsChange>

/** Settings with a change; without the first, the standard ones. */
export const mergedSettings = (
	known: SettingsChange | undefined,
	change: SettingsChange = {},
): SessionSettings => ({
	...standard,
	...known,
	...change,
	governor: { ...standard.governor, ...known?.governor, ...change.governor },
	ignore: { ...standard.ignore, ...known?.ignore, ...change.ignore },
})

const MOST_METADATA = 50
const METADATA_BYTES = 1024

/** Whatever the owner of a session wants to find in its events. */
export const sessionMetadata = z
	.record(z.string().min(1).max(100), z.string())
	.refine(
		(data) => Object.keys(data).length <= MOST_METADATA,
		`has more than ${MOST_METADATA} entries`,
	)
	.refine(
		(data) => Buffer.byteLength(JSON.stringify(data)) <= METADATA_BYTES,
		`is larger than ${METADATA_BYTES} bytes as JSON`,
	)
	.meta({
		title: 'Metadata',
		description: `Texts by name, which every event of the session repeats: ${MOST_METADATA} at most, 1 KiB as JSON`,
		examples: [{ customer: '4711' }],
	})

export type SessionMetadata = z.output<typeof sessionMetadata>
