import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ADMIN_KEY, linkedGateway, openGateway } from '../../support/gateway/gateway.ts'
import { plain } from '../../support/media/fixtures.ts'

type Entry = [name: string, value: string | File]

const file = () => new File(['bytes'], 'a.png', { type: 'image/png' })

/** Forms for an album, which has a list of objects. */
const hostile: [what: string, entries: Entry[]][] = [
	['the length of a list', [['items.length', 'abc']]],
	[
		'the length of a list that there is',
		[
			['items.0.caption', 'a'],
			['items.length', '1e9'],
		],
	],
	[
		'a method of a list',
		[
			['items.0.caption', 'a'],
			['items.push', '1'],
		],
	],
	[
		'an index beside a name',
		[
			['items.a', '1'],
			['items.0', '2'],
		],
	],
	['__proto__', [['__proto__', '{"to":"1"}']]],
	['__proto__ within', [['items.0.__proto__', '{"image":1}']]],
	['__proto__ in brackets', [['items[__proto__][image]', '1']]],
	['constructor', [['constructor', '1']]],
	['constructor.prototype', [['constructor.prototype.to', '1']]],
	[
		'toString',
		[
			['toString', '1'],
			['items.toString', '1'],
		],
	],
	[
		'hasOwnProperty',
		[
			['hasOwnProperty', '1'],
			['hasOwnProperty.call', '1'],
		],
	],
	['a negative index', [['items.-1', '1']]],
	['a huge index', [['items.4294967295', '1']]],
	['an index of a fraction', [['items.1.5', '1']]],
	['an index with zeros', [['items.00.image', '1']]],
	['a list with holes', [['items.999.caption', '1']]],
	[
		'a hole between two',
		[
			['items.0.caption', 'a'],
			['items.2.caption', 'b'],
		],
	],
	[
		'a part of a text',
		[
			['items', 'text'],
			['items.0', '1'],
		],
	],
	[
		'a part of null',
		[
			['items', 'null'],
			['items.0', '1'],
		],
	],
	[
		'a part of JSON',
		[
			['items', '[{},{}]'],
			['items.0.caption', '1'],
		],
	],
	[
		'a part of a number',
		[
			['items.0', '1'],
			['items.0.image', '1'],
		],
	],
	[
		'a value for what has parts',
		[
			['items.0.image', '1'],
			['items', '[]'],
		],
	],
	[
		'a part of a file',
		[
			['items.0.image', file()],
			['items.0.image.path', '/etc/hostname'],
		],
	],
	[
		'the checksum of a file',
		[
			['items.0.image', file()],
			['items.0.image.sha256', 'a'],
		],
	],
	[
		'the method of a file',
		[
			['items.0.image', file()],
			['items.0.image.toJSON', '1'],
		],
	],
	[
		'a file for a text',
		[
			['to', file()],
			['items', file()],
		],
	],
	['an empty name', [['', '1']]],
	['dots', [['...', '1']]],
	['empty brackets', [['items[]', '1']]],
	['an open bracket', [['items[0', '1']]],
	['many levels', [['a.b.c.d.e', '1']]],
	['a space', [['items .0', '1']]],
	['NUL', [['items\0', '1']]],
	['a long name', [['i'.repeat(5_000), '1']]],
	['half a letter', [['\ud800', '1']]],
	[
		'the same name twice',
		[
			['items', '1'],
			['items', '2'],
		],
	],
]

const doors: Record<string, string> = {
	native: '/api/v1/sessions/main/messages/album',
	'the upload': '/api/v1/sessions/main/media/upload',
	'a dialect': `/v2/send/image?instance_id=main&access_token=${ADMIN_KEY}`,
}

test('a form with hostile names is refused at every door', async (t) => {
	const gateway = await openGateway(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	for (const [door, path] of Object.entries(doors)) {
		for (const [what, entries] of hostile) {
			const form = new FormData()
			for (const [name, value] of entries) form.append(name, value)
			const answer = await gateway.app.request(path, {
				method: 'POST',
				headers: { 'x-api-key': ADMIN_KEY, authorization: `Bearer ${ADMIN_KEY}` },
				body: form,
			})
			const text = await answer.text()
			assert.ok(answer.status === 400, `${door}, ${what}: ${answer.status} ${text}`)
			assert.ok(text.length < 5_000, `${door}, ${what}: the answer has ${text.length} bytes`)
		}
	}
	assert.equal(({} as any).to, undefined)
})

test('no field of a form can make another file of one that came', async (t) => {
	const gateway = await openGateway(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const secret = join(gateway.dataDir, 'secret.txt')
	await writeFile(secret, 'secret')
	for (const order of [0, 1]) {
		const form = new FormData()
		const entries: Entry[] = [
			['file', file()],
			['file.path', secret],
		]
		if (order) entries.reverse()
		for (const [name, value] of [['media_type', 'document'], ...entries] as Entry[])
			form.append(name, value)
		const answer = await gateway.app.request('/api/v1/sessions/main/media/upload', {
			method: 'POST',
			headers: { 'x-api-key': ADMIN_KEY },
			body: form,
		})
		const { code, detail } = (await answer.json()) as any
		assert.deepEqual([answer.status, code], [400, 'invalid_request'])
		assert.match(detail, /contradicts another field/)
	}
})

test('a file is put into a list that comes as JSON, whichever comes first', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const bytes = await plain(8, 8).png().toBuffer()
	const image = `data:image/png;base64,${bytes.toString('base64')}`
	const items = JSON.stringify([{ caption: 'a file' }, { image, caption: 'by value' }])
	for (const order of [0, 1]) {
		const form = new FormData()
		const entries: Entry[] = [
			['items', items],
			['items.0.image', new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' })],
		]
		if (order) entries.reverse()
		for (const [name, value] of [['to', ada.account.phone], ...entries] as Entry[])
			form.append(name, value)
		const answer = await gateway.app.request('/api/v1/sessions/main/messages/album', {
			method: 'POST',
			headers: { 'x-api-key': ADMIN_KEY },
			body: form,
		})
		assert.equal(answer.status, 200, await answer.text())
	}
})
