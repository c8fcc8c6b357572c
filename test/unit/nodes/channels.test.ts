import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRecorder } from '../../support/recorder.ts'
import { send, sendNode } from './harness.ts'

const id = '120363000000000000@newsletter'
const picked = (value: string) => ({ __rl: true, mode: 'list', value })
const channel = picked(id)
const ada = picked('491700000002@s.whatsapp.net')
const path = `/channels/${encodeURIComponent(id)}`

type Case = [parameters: object, method: string, path: string, body?: object]

const cases: Case[] = [
	[{ operation: 'getAll', limit: 5 }, 'GET', '/channels?limit=5'],
	[{ operation: 'create', name: 'News' }, 'POST', '/channels', { name: 'News' }],
	[{ operation: 'update', channel, updateFields: { name: 'More' } }, 'PUT', path, { name: 'More' }],
	[{ operation: 'follow', channel }, 'POST', `${path}/follow`],
	[{ operation: 'getAllMessages', channel }, 'GET', `${path}/messages?limit=50`],
	[
		{ operation: 'reactToMessage', channel, server_id: '101', emoji: '👍' },
		'POST',
		`${path}/messages/101/react`,
		{ emoji: '👍' },
	],
	[
		{ operation: 'inviteAdmin', channel, jid: ada },
		'POST',
		`${path}/admins`,
		{ jid: '491700000002@s.whatsapp.net' },
	],
	[
		{ operation: 'removeAdmin', channel, jid: ada },
		'DELETE',
		`${path}/admins/491700000002%40s.whatsapp.net`,
	],
	[{ operation: 'text', to: channel, text: 'news' }, 'POST', '/messages/text', { to: id }],
	[
		{
			operation: 'newsletter-follower-invite',
			to: ada,
			newsletter_jid: channel,
			newsletter_name: 'News',
		},
		'POST',
		'/messages/newsletter-follower-invite',
		{ newsletter_jid: id },
	],
]

test('operations on channels are the requests of the API; what is picked is an id', async (t) => {
	const gateway = await startRecorder(() => ({ status: 200, body: { messages: [], channels: [] } }))
	t.after(() => gateway.stop())
	for (const [parameters, method, path, body] of cases) {
		gateway.requests.length = 0
		const run = await send([{}], {
			baseUrl: gateway.url,
			parameters: { resource: 'channel', ...parameters },
		})
		assert.equal(run.data.resultData.error, undefined)
		const [request] = gateway.requests
		assert.deepEqual([request?.method, request?.path], [method, `/api/v1/sessions/main${path}`])
		assert.deepEqual({ ...(request?.body as object), ...body }, request?.body ?? {})
	}
})

test('no operation shows two fields of the same name', () => {
	const seen = new Set<string>()
	for (const { name, displayOptions } of sendNode.description.properties) {
		const { resource = [], operation = [], ...further } = displayOptions?.show ?? {}
		if (Object.keys(further).length || displayOptions?.hide) continue
		for (const one of operation) {
			const place = `${String(resource[0])} ${String(one)} ${name}`
			assert.ok(!seen.has(place), place)
			seen.add(place)
		}
	}
	assert.ok(seen.size > 100)
})

test('every list to pick from has its search', () => {
	const text = JSON.stringify(sendNode.description.properties)
	const names = new Set([...text.matchAll(/"searchListMethod":"(\w+)"/g)].map(([, name]) => name!))
	assert.ok(names.has('searchChannels') && names.has('searchOwnChannels'))
	const known = Object.keys(sendNode.methods!.listSearch!)
	assert.deepEqual([...names].sort(), known.sort())
})
