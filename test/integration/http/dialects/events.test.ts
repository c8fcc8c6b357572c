import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { eventTypes, type GatewayEvent } from '../../../../gateway/src/events/index.ts'
import { webhookFormats } from '../../../../gateway/src/http/webhook-formats.ts'

const context = {
	webhook: { url: 'https://example.com/hook', options: {}, raw: true },
	account: null,
	serverUrl: '',
}

const TIMESTAMP = '2026-11-21T10:00:00.000Z'
const SECONDS = 1_795_255_200

function renderedBy(name: string, type: string, change: object = {}) {
	const { example } = eventTypes.find((definition) => definition.type === type)!
	const data = { ...example, ...change }
	const event = { id: 'evt_1', type, data, timestamp: TIMESTAMP, session: 'main', seq: 1 }
	return webhookFormats.get(name)!(event as GatewayEvent, context)
}

const names = (dialect: string) =>
	Object.fromEntries(eventTypes.map(({ type }) => [type, renderedBy(dialect, type)?.name]))

test('Wawp hears of what it has a name for', () => {
	assert.deepEqual(names('wawp'), {
		'message.received': 'message',
		'message.sent': 'message.any',
		'message.status': 'message.ack',
		'message.edited': 'message.edited',
		'message.deleted': 'message.revoked',
		'message.reaction': 'message.reaction',
		'message.pinned': undefined,
		'message.kept': undefined,
		'message.outgoing': undefined,
		'message.undecryptable': undefined,
		'poll.vote': 'poll.vote',
		'event.response': 'event.response',
		'status.received': undefined,
		'channel.admins': undefined,
		'channel.message': 'message',
		'channel.reaction': undefined,
		'channel.updated': undefined,
		'channel.view': undefined,
		'chat.updated': undefined,
		'chat.presence': 'presence.update',
		'call.received': 'call.received',
		'call.rejected': undefined,
		'contact.updated': undefined,
		'contact.identity': undefined,
		'contact.blocked': undefined,
		'contact.about': undefined,
		'history.chats': undefined,
		'history.messages': undefined,
		'group.joined': 'group.v2.join',
		'group.left': undefined,
		'community.groups': undefined,
		'group.updated': 'group.v2.update',
		'group.participants': 'group.v2.participants',
		'group.join_request': undefined,
		'label.edited': 'label.upsert',
		'label.assigned': 'label.chat.added',
		'profile.updated': undefined,
		'settings.updated': undefined,
		'session.status': 'session.status',
		'session.qr': 'session.status',
		'session.pairing_code': undefined,
		'session.pairing_link': undefined,
		'session.passkey': undefined,
		'session.version': undefined,
		'session.restored': undefined,
		'session.limits': undefined,
		'webhook.test': 'webhook.test',
		'webhook.expired': undefined,
	})
	for (const [type, change, name] of [
		['poll.vote', { options: null }, 'poll.vote.failed'],
		['event.response', { response: null }, 'event.response.failed'],
		['call.received', { status: 'accept' }, 'call.accepted'],
		['call.received', { status: 'reject' }, 'call.rejected'],
		['call.received', { status: 'ringing' }, undefined],
		['label.edited', { deleted: true }, 'label.deleted'],
		['label.assigned', { assigned: false }, 'label.chat.deleted'],
		['label.assigned', { message_id: 'X' }, undefined],
		['session.qr', { qr: null }, undefined],
	] as const)
		assert.equal(renderedBy('wawp', type, change)?.name, name, JSON.stringify([type, change]))
})

test('Wawp is told a session’s status as its document has it, and messages in its spelling', () => {
	const told = (type: string, change?: object) => renderedBy('wawp', type, change)!.body
	const common = { event: 'session.status', instance_id: 'main', ts: SECONDS }
	assert.deepEqual(told('session.status'), { ...common, status: 'WORKING', qr: null })
	assert.deepEqual(told('session.qr', { qr: '2@a' }), {
		...common,
		status: 'SCAN_QR_CODE',
		qr: '2@a',
	})
	const chat = '4915112345678@c.us'
	const id = '3EB0538DA65A59F6D8A251'
	assert.partialDeepStrictEqual(told('message.received'), {
		event: 'message',
		instance_id: 'main',
		ts: SECONDS,
		payload: {
			id: { fromMe: false, remote: chat, id, _serialized: `false_${chat}_${id}` },
			from: chat,
			body: 'Hello!',
			type: 'chat',
			hasMedia: false,
			fromMe: false,
		},
	})
	for (const [status, ack] of [
		['failed', -1],
		['sent', 1],
		['delivered', 2],
		['read', 3],
		['played', 4],
	] as const) {
		const { payload } = told('message.status', { status }) as { payload: { ack: number } }
		assert.equal(payload.ack, ack)
	}
})

test('WaFastApi hears of what it has a name for', () => {
	const known = Object.entries(names('wafastapi')).filter(([, name]) => name)
	assert.deepEqual(Object.fromEntries(known), {
		'message.received': 'message.received',
		'message.sent': 'message.sent',
		'message.status': 'message.status',
		'message.reaction': 'message.reaction',
		'session.status': 'session.connected',
		'session.qr': 'session.qr_ready',
		'webhook.test': 'webhook.test',
	})
	for (const [status, name] of [
		['linking', 'connection.status'],
		['connecting', 'session.reconnecting'],
		['closed', 'session.disconnected'],
		['logged_out', 'session.logged_out'],
	])
		assert.equal(renderedBy('wafastapi', 'session.status', { status })?.name, name)
	assert.equal(renderedBy('wafastapi', 'session.qr', { qr: null }), undefined)
})

test('WaFastApi is told who wrote what, and gets no signature that proves nothing', () => {
	const { body } = renderedBy('wafastapi', 'message.received')!
	assert.deepEqual(body, {
		event: 'message.received',
		timestamp: TIMESTAMP,
		sessionId: 'main',
		userId: null,
		data: {
			from: '4915112345678',
			message: 'Hello!',
			messageId: '3EB0538DA65A59F6D8A251',
			timestamp: SECONDS,
			type: 'text',
			quotedMessageId: null,
			participant: '4915112345678@s.whatsapp.net',
			group: null,
		},
	})
})

test('both sign the body with the secret of the webhook', () => {
	const body = '{"some":"body"}'
	const expected = createHmac('sha256', 'a secret').update(body).digest('hex')
	for (const [dialect, header] of [
		['wawp', 'X-Wawp-Signature'],
		['wafastapi', 'X-Webhook-Signature'],
	] as const) {
		const { headers } = renderedBy(dialect, 'message.received')!
		const given = headers({ body, secret: 'a secret', timestamp: SECONDS })
		assert.deepEqual(given, { [header]: expected })
	}
})

test('each dialect is told a template with its text, and the caption of one with a file', () => {
	const template = {
		type: 'template',
		text: 'Your code is 123456',
		title: 'Shop',
		buttons: [{ kind: 'copy', label: 'Copy', code: '123456' }],
		ad: { source_id: '120' },
	}
	const media = { mimetype: 'image/jpeg', url: 'https://gateway.test/media/1' }
	const told = (dialect: string, change: object = {}) =>
		renderedBy(dialect, 'message.received', { ...template, ...change })!.body as any
	for (const file of [{}, { media }]) {
		const waRs = told('wa-rs', file).data
		assert.deepEqual([waRs.message_type, waRs.text ?? waRs.caption], ['template', template.text])
		const { data: wasphere } = told('wasphere', file)
		assert.deepEqual([wasphere.type, wasphere.content.text], ['template', template.text])
		assert.deepEqual(wasphere.message.buttons, template.buttons)
		const { payload } = told('wawp', file)
		assert.deepEqual([payload.type, payload.body], ['template', template.text])
		const { data: wafastapi } = told('wafastapi', file)
		assert.deepEqual([wafastapi.type, wafastapi.message], ['template', template.text])
	}
})

test('WAHA hears of what it has a name for', () => {
	const known = Object.entries(names('waha')).filter(([, name]) => name)
	assert.deepEqual(Object.fromEntries(known), {
		'message.received': 'message',
		'message.status': 'message.ack',
		'message.edited': 'message.edited',
		'message.deleted': 'message.revoked',
		'message.reaction': 'message.reaction',
		'poll.vote': 'poll.vote',
		'event.response': 'event.response',
		'status.received': 'message',
		'channel.message': 'message',
		'chat.updated': 'chat.archive',
		'chat.presence': 'presence.update',
		'call.received': 'call.received',
		'call.rejected': 'call.rejected',
		'group.joined': 'group.v2.join',
		'group.left': 'group.v2.leave',
		'group.updated': 'group.v2.update',
		'group.participants': 'group.v2.participants',
		'label.edited': 'label.upsert',
		'label.assigned': 'label.chat.added',
		'session.status': 'session.status',
		'session.qr': 'session.status',
		'webhook.test': 'webhook.test',
	})
	for (const [type, change, name] of [
		['poll.vote', { options: null }, 'poll.vote.failed'],
		['event.response', { response: null }, 'event.response.failed'],
		['call.received', { status: 'accept' }, 'call.accepted'],
		['call.received', { status: 'reject' }, 'call.rejected'],
		['call.received', { status: 'ringing' }, undefined],
		['chat.updated', { archived: undefined, pinned: true }, undefined],
		['label.edited', { deleted: true }, 'label.deleted'],
		['label.assigned', { assigned: false }, 'label.chat.deleted'],
		['label.assigned', { message_id: 'X' }, undefined],
		['group.participants', { action: 'modify' }, undefined],
		['message.status', { chat: { id: '1@g.us', phone: null, lid: null } }, 'message.ack.group'],
	] as const)
		assert.equal(renderedBy('waha', type, change)?.name, name, JSON.stringify([type, change]))
	const told = (type: string, change?: object) => renderedBy('waha', type, change)!.body as any
	for (const [status, ack, ackName] of [
		['failed', -1, 'ERROR'],
		['sent', 1, 'SERVER'],
		['delivered', 2, 'DEVICE'],
		['read', 3, 'READ'],
		['played', 4, 'PLAYED'],
	] as const)
		assert.partialDeepStrictEqual(told('message.status', { status }).payload, { ack, ackName })
	for (const [status, theirs] of [
		['linking', 'STARTING'],
		['connecting', 'STARTING'],
		['open', 'WORKING'],
		['closed', 'STOPPED'],
		['logged_out', 'FAILED'],
	] as const)
		assert.equal(told('session.status', { status }).payload.status, theirs)
	for (const [action, type, role] of [
		['add', 'join', 'participant'],
		['remove', 'leave', 'left'],
		['promote', 'promote', 'admin'],
		['demote', 'demote', 'participant'],
	] as const) {
		const { payload } = told('group.participants', { action })
		assert.deepEqual([payload.type, payload.participants[0].role], [type, role])
	}
	const { payload } = told('message.received', { text: 'from before' })
	assert.partialDeepStrictEqual(payload, { from: '4915112345678@c.us', body: 'from before' })
	assert.equal(told('label.edited', { color: 2 }).payload.colorHex, '#ffd429')
})

test('Evolution hears of what it has a name for, and of what came before without its raw message', () => {
	const known = Object.entries(names('evolution')).filter(([, name]) => name)
	assert.deepEqual(Object.fromEntries(known), {
		'message.received': 'messages.upsert',
		'message.sent': 'messages.upsert',
		'message.outgoing': 'send.message',
		'message.status': 'messages.update',
		'message.edited': 'messages.edited',
		'message.deleted': 'messages.delete',
		'message.reaction': 'messages.upsert',
		'message.pinned': 'messages.upsert',
		'poll.vote': 'messages.upsert',
		'status.received': 'messages.upsert',
		'channel.message': 'messages.upsert',
		'chat.updated': 'chats.update',
		'chat.presence': 'presence.update',
		'call.received': 'call',
		'contact.updated': 'contacts.update',
		'history.chats': 'chats.set',
		'history.messages': 'messages.set',
		'group.joined': 'groups.upsert',
		'group.updated': 'groups.update',
		'group.participants': 'group-participants.update',
		'label.edited': 'labels.edit',
		'label.assigned': 'labels.association',
		'session.status': 'connection.update',
		'session.qr': 'qrcode.updated',
		'session.pairing_code': 'qrcode.updated',
		'webhook.test': 'webhook.test',
	})
	const told = (type: string, change?: object) => renderedBy('evolution', type, change)!.body as any
	assert.deepEqual(
		[told('history.messages').isLatest, told('history.messages').data[0].message],
		[false, { conversation: 'Hello!' }],
	)
	assert.deepEqual(Object.keys(told('channel.message').data.key), ['remoteJid', 'fromMe', 'id'])
	const deleted = renderedBy('evolution', 'chat.updated', { deleted: true })!
	assert.deepEqual(
		[deleted.name, (deleted.body as any).data],
		['chats.delete', ['4915112345678@s.whatsapp.net']],
	)
	for (const [type, change] of [
		['session.qr', { qr: null }],
		['session.pairing_code', { code: null }],
		['label.assigned', { message_id: 'X' }],
	] as const)
		assert.equal(renderedBy('evolution', type, change), undefined, type)
	for (const [status, state, reason] of [
		['open', 'open', 200],
		['linking', 'connecting', 200],
		['closed', 'close', 428],
		['logged_out', 'close', 401],
	] as const)
		assert.partialDeepStrictEqual(told('session.status', { status }).data, {
			...{ instance: 'main', state, statusReason: reason },
		})
	const picture = { type: 'image', text: 'a hat', media: { mimetype: 'image/png', size: 12 } }
	assert.deepEqual(told('message.received', { ...picture, reply_to: '3EB0' }).data.message, {
		imageMessage: {
			...{ mimetype: 'image/png', fileLength: 12, caption: 'a hat' },
			contextInfo: { stanzaId: '3EB0' },
		},
	})

	const options = (...events: string[]) => ({ url: '', raw: true, options: { events } })
	const only = (subscription: string, type: string, change = {}) => {
		const { example } = eventTypes.find((definition) => definition.type === type)!
		const event = { id: 'evt_1', type, data: { ...example, ...change }, timestamp: TIMESTAMP }
		const webhook = options(subscription)
		return webhookFormats.get('evolution')!({ ...event, session: 'main', seq: 1 } as GatewayEvent, {
			...context,
			webhook,
		})?.name
	}
	for (const [subscription, type, name, change] of [
		['MESSAGES_EDITED', 'message.deleted', 'messages.edited'],
		['MESSAGES_UPDATE', 'poll.vote', 'messages.update'],
		['CONTACTS_UPSERT', 'contact.updated', 'contacts.upsert'],
		['CHATS_UPSERT', 'chat.updated', 'chats.upsert'],
		['STATUS_INSTANCE', 'session.status', 'status.instance', { status: 'closed' }],
		['LOGOUT_INSTANCE', 'session.status', 'logout.instance', { status: 'logged_out' }],
		['LOGOUT_INSTANCE', 'session.status', 'connection.update', { status: 'open' }],
		['CALL', 'message.deleted', 'messages.delete'],
	] as const)
		assert.equal(only(subscription, type, change), name, `${type} for ${subscription}`)
})
