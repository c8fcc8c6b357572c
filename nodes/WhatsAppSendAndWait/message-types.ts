import type { INodePropertyOptions } from 'n8n-workflow'
import { generated } from '../WhatsAppGateway/generated'

const RESPONSES = 'response'
/** They are about an earlier message, and ask nobody anything. */
const OF_EARLIER = ['messageAction', RESPONSES]

/** The types of messages that a tap on a button or a row sends. */
export const responseTypes: string[] = generated
	.filter(({ value }) => value === RESPONSES)
	.flatMap(({ operations }) => operations.map(({ type }) => type))
	.filter((type) => /-(response|reply)$/.test(type) && type !== 'event-response')

/** The types of messages that a person can be sent, as WhatsApp Send has them. */
export const messageTypes: INodePropertyOptions[] = generated
	.filter(({ value }) => !OF_EARLIER.includes(value))
	.flatMap(({ operations }) => operations.filter(({ to }) => to === undefined))
	.map(({ name, type, description }) => ({
		name: name.replace(/^Send /, ''),
		value: type,
		description,
	}))
	.sort((a, b) => a.name.localeCompare(b.name))
