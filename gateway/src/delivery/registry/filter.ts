import { z } from 'zod'
import type { Identity } from '../../events/identity.ts'
import { readTypes } from '../../messages/index.ts'
import { eventTypes, type EventType, type GatewayEvent } from '../../events/index.ts'
import type { messageData } from '../../events/types/message-received.ts'
import { withoutDevice } from '../../session/identity.ts'
import { readPhoneNumber } from '../../lib/phone-number.ts'
import { linearRegexp, SEARCHED_CHARACTERS } from '../../lib/linear-regexp.ts'

const names = eventTypes.map(({ type }) => type) as [EventType, ...EventType[]]
const families = [...new Set(names.map((name) => `${name.split('.')[0]}.*`))]

/** Types of events, families of them as `message.*`, or `*` for all. */
export const wantedTypes = z.array(z.enum(['*', ...families, ...names]))

/** What events must be like. Those that belong to no chat are only looked at by their type. */
export const eventFilter = z
	.strictObject({
		chats: z
			.array(z.string().min(1).max(100))
			.max(1000)
			.optional()
			.meta({
				title: 'Chats',
				description: 'Only these: ids or phone numbers',
				examples: [['4915112345678', '120363001234567890@g.us']],
			}),
		senders: z
			.array(z.string().min(1).max(100))
			.max(1000)
			.optional()
			.meta({
				title: 'Senders',
				description: 'Only events of these people: ids or phone numbers',
				examples: [['4915112345678']],
			}),
		kinds: z
			.array(z.enum(['direct', 'group', 'channel', 'status']))
			.optional()
			.meta({ title: 'Kinds of chats', description: 'Only these' }),
		types: z
			.array(z.enum(readTypes.map(({ type }) => type)))
			.optional()
			.meta({
				title: 'Message types',
				description:
					'Only messages of these types; a voice note is `audio`, a GIF is `video`. Events that are no messages, as reactions and votes, are not filtered by it',
				examples: [['text', 'audio']],
			}),
		from_me: z
			.enum(['include', 'exclude', 'only'])
			.optional()
			.meta({ title: 'Own messages', description: 'Included, if left out' }),
		answers_to: z.string().min(1).max(128).optional().meta({
			title: 'Answers to',
			description:
				'Only events about the message with this id, and messages that reply to it or to no message',
		}),
		text_contains: z
			.string()
			.min(1)
			.max(200)
			.optional()
			.meta({ title: 'Text contains', description: 'Without regard to case' }),
		text_matches: z
			.string()
			.min(1)
			.max(200, { abort: true })
			.superRefine((source, context) => {
				const message = wrongWithPattern(source)
				if (message) context.addIssue({ code: 'custom', message })
			})
			.optional()
			.meta({
				title: 'Text matches',
				description:
					'A case-insensitive regular expression in the syntax of JavaScript, without lookarounds and back references. ' +
					`It is searched for in the first ${SEARCHED_CHARACTERS} characters`,
			}),
	})
	.meta({ title: 'Filter' })

/** A filter as it was saved: another version may have accepted other patterns and types. */
export const savedFilter = eventFilter.extend({
	types: z.array(z.string()).optional(),
	text_matches: z.string().optional(),
})

export type EventFilter = z.output<typeof savedFilter>
type MessageData = z.output<typeof messageData>
export type EventSelection = { events: string[]; filter: EventFilter }

/** What filters look at in an event of a chat. */
type Facts = {
	chat: string[]
	/** Undefined where nobody is said to have done it. */
	sender: string[] | undefined
	fromMe: boolean | undefined
	/** Undefined for what is no message. */
	type: string | undefined
	/** The message that it is about, or that it answers; null for a message that answers none. */
	about: string | null | undefined
	text: string
}
type Test = (facts: Facts) => boolean

/** Tells which events somebody wants. */
export function wantsWithFilter({
	events,
	filter,
}: EventSelection): (event: GatewayEvent) => boolean {
	const isType = typeTest(events)
	const tests = [
		chatTest(filter.chats),
		senderTest(filter.senders),
		kindTest(filter.kinds),
		messageTypeTest(filter.types),
		ownTest(filter.from_me),
		answersTest(filter.answers_to),
		containsTest(filter.text_contains),
		matchesTest(filter.text_matches),
	].filter((test) => test !== undefined)
	return (event) => {
		if (!isType(event.type)) return false
		const facts = tests.length ? factsOf(event) : undefined
		return !facts || tests.every((test) => test(facts))
	}
}

/**
 * Tells which types are wanted. `*` is all but history and what the API has sent: these have to be asked for, the latter
 * by its own name.
 */
export function typeTest(events: readonly string[]): (type: string) => boolean {
	const wanted = new Set(events)
	const isOfFamily = (type: string) => wanted.has(`${type.split('.')[0]}.*`)
	const isNamed = (type: string) => wanted.has(type) || (!isOutgoing(type) && isOfFamily(type))
	if (!wanted.has('*')) return isNamed
	return (type) => !(isHistory(type) || isOutgoing(type)) || isNamed(type)
}

export const isHistory = (type: string) => type.startsWith('history.')
export const isOutgoing = (type: string) => type === 'message.outgoing'

function factsOf({ data }: GatewayEvent): Facts | undefined {
	if (!('chat' in data)) return undefined
	const { sender, from_me, type, message_id, reply_to, text } = data as Partial<MessageData>
	return {
		chat: namesOf(data.chat),
		sender: sender && namesOf(sender),
		fromMe: from_me,
		type,
		about: reply_to === undefined ? message_id : reply_to,
		text: text ?? '',
	}
}

const namesOf = ({ id, lid, phone }: Identity) => [id, lid, phone].filter((name) => name !== null)

function chatTest(chats?: string[]): Test | undefined {
	if (!chats?.length) return undefined
	const wanted = new Set(chats.map(nameFrom))
	return ({ chat }) => chat.some((name) => wanted.has(name))
}

function senderTest(senders?: string[]): Test | undefined {
	if (!senders?.length) return undefined
	const wanted = new Set(senders.map(nameFrom))
	return ({ sender }) => !sender || sender.some((name) => wanted.has(name))
}

/** A phone in any spelling becomes its digits, as does a jid of any form that is one; other ids lose their device. */
function nameFrom(chat: string): string {
	const jid = withoutDevice(chat)
	const read = readPhoneNumber(jid.replace(/@s\.whatsapp\.net$/, ''))
	return 'digits' in read ? read.digits : jid
}

function kindTest(kinds?: string[]): Test | undefined {
	if (!kinds?.length) return undefined
	return ({ chat: [id = ''] }) => kinds.includes(kindOf(id))
}

function kindOf(chat: string) {
	if (chat.endsWith('@g.us')) return 'group'
	if (chat.endsWith('@newsletter')) return 'channel'
	return chat === 'status@broadcast' ? 'status' : 'direct'
}

function messageTypeTest(types?: string[]): Test | undefined {
	if (!types?.length) return undefined
	return ({ type }) => type === undefined || types.includes(type)
}

function ownTest(which: EventFilter['from_me'] = 'include'): Test | undefined {
	if (which === 'include') return undefined
	return ({ fromMe }) => fromMe === undefined || fromMe === (which === 'only')
}

function answersTest(message?: string): Test | undefined {
	return message === undefined ? undefined : ({ about }) => about === null || about === message
}

function containsTest(part?: string): Test | undefined {
	const wanted = part?.toLowerCase()
	return wanted === undefined ? undefined : ({ text }) => text.toLowerCase().includes(wanted)
}

function matchesTest(source?: string): Test | undefined {
	const pattern = source === undefined ? undefined : linearRegexp(source)
	return pattern && (({ text }) => pattern.test(text))
}

/** Why the pattern of a filter cannot be used; undefined if it can. */
export function wrongWithFilter({ text_matches: source }: EventFilter): string | undefined {
	return source === undefined ? undefined : wrongWithPattern(source)
}

function wrongWithPattern(source: string): string | undefined {
	try {
		linearRegexp(source)
		return undefined
	} catch (error) {
		return (
			`is no regular expression that can be used (${(error as Error).message}). Write it in the syntax of JavaScript, ` +
			'without lookarounds and back references'
		)
	}
}
