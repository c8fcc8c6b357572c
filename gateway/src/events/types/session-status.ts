import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { ada } from '../fields/examples.ts'
import { identity } from '../identity.ts'

/**
 * created: not linked, nothing going on · linking: shows a QR or a code · passkey: WhatsApp
 * waits for the passkey of the account · connecting: linked, on its way ·
 * open: works · closed: linked, disconnected on request · logged_out: unlinked on the phone ·
 * replaced: used by another process · blocked: refused by WhatsApp · outdated: the gateway is too old ·
 * corrupt: its files are damaged
 */
export const sessionStatus = z
	.enum([
		'created',
		'linking',
		'passkey',
		'connecting',
		'open',
		'closed',
		'logged_out',
		'replaced',
		'blocked',
		'outdated',
		'corrupt',
	])
	.openapi('SessionStatus')

export type SessionStatus = z.output<typeof sessionStatus>

const UP: readonly SessionStatus[] = ['open', 'connecting', 'linking', 'passkey']

/** Whether a session has a connection, or is making one. */
export const isUp = (status: SessionStatus): boolean => UP.includes(status)

export const lastDisconnect = z.object({
	code: z.number().int().meta({ description: "WhatsApp's code" }),
	reason: z.string(),
	advice: z.string().nullable().meta({ description: 'What happened in words, and what to do' }),
	at: z.iso.datetime(),
})

export type LastDisconnect = z.output<typeof lastDisconnect>

export const sessionStatusChanged = defineEvent({
	type: 'session.status',
	title: 'The status of a session changed',
	description:
		'Only changes of the status cause an event, however often the connection flaps in between.',
	data: z.object({
		status: sessionStatus,
		me: identity.nullable().meta({ description: 'The account that the session is linked to' }),
		last_disconnect: lastDisconnect.nullable(),
	}),
	example: { status: 'open', me: ada, last_disconnect: null },
})
