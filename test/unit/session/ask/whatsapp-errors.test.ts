import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Boom } from '@hapi/boom'
import { GatewayError } from '../../../../gateway/src/errors.ts'
import { askWhatsApp } from '../../../../gateway/src/session/ask/ask-whatsapp.ts'
import { NO_ANSWER, CONNECTION_LOST } from '../../../../gateway/src/session/ask/query-timeout.ts'
import { notSent } from '../../../../gateway/src/session/send/send-result.ts'

const withCode = (code: string) => Object.assign(new Error(code), { code })
const refused = (data: number, text: string) => new Boom(text, { data })

/** What Baileys and the network throw, and what a caller is told when asking and when sending. */
const cases: [what: string, thrown: unknown, asking: string, sending?: string][] = [
	['a query without an answer', refused(NO_ANSWER, ''), 'whatsapp_silent'],
	['the end of the time of Baileys', new Boom('Timed Out', { statusCode: 408 }), 'whatsapp_silent'],
	['a query cut off by the end', refused(CONNECTION_LOST, ''), 'session_not_open'],
	['the close code of a WebSocket', 1006, 'session_not_open'],
	['a closed connection', new Boom('Connection Closed', { statusCode: 428 }), 'session_not_open'],
	['a reset connection', withCode('ECONNRESET'), 'session_not_open'],
	['a broken pipe', withCode('EPIPE'), 'session_not_open'],
	['bad-request', refused(400, 'bad-request'), 'invalid_request'],
	['not-authorized', refused(401, 'not-authorized'), 'whatsapp_forbidden'],
	['forbidden', refused(403, 'forbidden'), 'whatsapp_forbidden'],
	['item-not-found', refused(404, 'item-not-found'), 'whatsapp_not_found'],
	['not-acceptable', refused(406, 'not-acceptable'), 'invalid_request'],
	['conflict', refused(409, 'conflict'), 'whatsapp_conflict'],
	['gone', refused(410, 'gone'), 'whatsapp_gone'],
	['resource-limit', refused(419, 'resource-limit'), 'whatsapp_limit_reached'],
	['rate-overlimit', refused(429, 'rate-overlimit'), 'whatsapp_rate_limited'],
	['internal-server-error', refused(500, 'internal-server-error'), 'whatsapp_failed'],
	['feature-not-implemented', refused(501, 'feature-not-implemented'), 'whatsapp_refused'],
	['service-unavailable', refused(503, 'service-unavailable'), 'whatsapp_failed'],
	['an unknown code', refused(799, 'odd'), 'whatsapp_refused'],
	[
		'an error of GraphQL',
		new Boom('GraphQL server error: no', { statusCode: 403, data: { message: 'no' } }),
		'whatsapp_forbidden',
	],
	[
		'an answer of another structure',
		new Boom('Failed to x, unexpected response structure.', { statusCode: 400, data: {} }),
		'whatsapp_answer_unreadable',
		'encryption_failed',
	],
	[
		'a part that is missing in the answer',
		new TypeError("Cannot read properties of undefined (reading 'attrs')"),
		'whatsapp_answer_unreadable',
		'encryption_failed',
	],
	[
		'keys that the phone has not shared',
		new Boom('App state key not present!', { statusCode: 400 }),
		'session_not_open',
	],
	[
		'encryption that fails for everybody',
		new Boom('All encryptions failed', { statusCode: 500 }),
		'whatsapp_answer_unreadable',
		'encryption_failed',
	],
	['our own error', new GatewayError('media_gone', 'Gone.'), 'media_gone'],
	['nothing at all', undefined, 'whatsapp_answer_unreadable', 'encryption_failed'],
]

for (const [what, thrown, asking, sending = asking] of cases) {
	test(`${what} becomes ${asking}`, async () => {
		const error = await askWhatsApp(() => Promise.reject(thrown)).catch((error) => error)
		assert.ok(error instanceof GatewayError)
		assert.deepEqual([error.code, notSent(thrown).code], [asking, sending])
	})
}

test("WhatsApp's code goes with its refusal", async () => {
	const error = await askWhatsApp(() => Promise.reject(refused(403, 'forbidden'))).catch((e) => e)
	assert.equal(error.facts.whatsapp_code, '403')
})

test('a call that never ends is silence', async () => {
	const endless = new Promise<never>(() => {})
	const error = await askWhatsApp(() => endless, 10).catch((error) => error)
	assert.equal(error.code, 'whatsapp_silent')
})
