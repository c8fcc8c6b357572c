import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { Post } from '../../../../support/delivery/receiver.ts'

/** With it webhooks are signed. */
export const SECRET = 'the secret that it had before'
const BUDI = '628123456789'

const hmac = (text: string) => createHmac('sha256', SECRET).update(text).digest('hex')

/** What each system tells of a text, as its document has it, and how its clients check who says so. */
export const told: Record<string, { body: (id: string) => object; check: (post: Post) => void }> = {
	'wa-rs': {
		body: (id) => ({
			session_id: 'main',
			event: 'message',
			data: {
				from: `${BUDI}@s.whatsapp.net`,
				chat: `${BUDI}@s.whatsapp.net`,
				message_id: id,
				is_from_me: false,
				push_name: 'Budi',
				message_type: 'text',
				text: 'Halo!',
				caption: null,
				media_mimetype: null,
				media: null,
				location: null,
				is_group: false,
				participant: null,
			},
		}),
		check({ raw, headers }) {
			assert.equal(headers['x-webhook-signature'], `sha256=${hmac(raw)}`)
		},
	},
	wasphere: {
		body: (id) => ({
			event: 'message.received',
			sessionId: 'main',
			data: {
				messageId: id,
				from: `${BUDI}@s.whatsapp.net`,
				sender: 'Budi',
				senderPn: BUDI,
				isGroup: false,
				type: 'text',
				content: { text: 'Halo!' },
			},
		}),
		check({ raw, headers, event }) {
			const seconds = headers['x-wasphere-timestamp']
			assert.ok(Math.abs(Number(seconds) - Date.now() / 1000) < 300)
			assert.equal(headers['x-wasphere-signature'], `v1,sha256=${hmac(`${seconds}.${raw}`)}`)
			assert.equal(headers['x-wasphere-event'], 'message.received')
			assert.equal(headers['x-wasphere-delivery-id'], event.deliveryId)
		},
	},
	wawp: {
		body: (id) => ({
			event: 'message',
			instance_id: 'main',
			payload: {
				id: { _serialized: `false_${BUDI}@c.us_${id}` },
				from: `${BUDI}@c.us`,
				body: 'Halo!',
			},
		}),
		check({ raw, headers }) {
			assert.equal(headers['x-wawp-signature'], hmac(raw))
		},
	},
	wafastapi: {
		body: (id) => ({
			event: 'message.received',
			sessionId: 'main',
			userId: null,
			data: { from: BUDI, message: 'Halo!', messageId: id, type: 'text' },
		}),
		check({ raw, headers }) {
			assert.equal(headers['x-webhook-signature'], hmac(raw))
			assert.equal(headers['x-webhook-secret'], undefined)
		},
	},
	evolution: {
		body: (id) => ({
			event: 'messages.upsert',
			instance: 'main',
			data: {
				key: { remoteJid: `${BUDI}@s.whatsapp.net`, fromMe: false, id },
				pushName: 'Budi',
				message: { conversation: 'Halo!' },
				messageType: 'conversation',
			},
			apikey: null,
		}),
		check({ headers, event }) {
			assert.equal(headers['x-event-type'], event.event)
			assert.equal(headers.authorization, undefined)
		},
	},
	waha: {
		body: (id) => ({
			event: 'message',
			session: 'main',
			payload: {
				id: `false_${BUDI}@c.us_${id}`,
				from: `${BUDI}@c.us`,
				body: 'Halo!',
				_data: { pushName: 'Budi' },
			},
			engine: 'NOWEB',
		}),
		check({ raw, headers }) {
			assert.equal(
				headers['x-webhook-hmac'],
				createHmac('sha512', SECRET).update(raw).digest('hex'),
			)
		},
	},
}
