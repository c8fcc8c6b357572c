import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { linkedGateway, openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { layered, traced } from '../../support/storage.ts'
import { until } from '../../support/wait.ts'
import { OVER_FILES } from '../../support/state-url.ts'
import { logOf, SESSION } from './support/world.ts'

test('the effects on a message are in one commit with its ratchet step', async (t) => {
	const commits: string[][] = []
	const saw = (changes: readonly { collection: string; value: any }[]) =>
		void commits.push(changes.map(({ collection, value }) => value?.type ?? collection))
	const { gateway, ada, owner } = await linkedGateway(t, {
		through: (storage) => layered(storage, [traced(saw)]),
	})
	const poll = { to: ada.account.phone, name: '?', options: ['Yes', 'No'] }
	const { body } = await gateway.request('POST', `${SESSION}/messages/poll`, poll)
	await ada.receives((received) => received.id === body.message_id)
	await ada.votes(body.message_id, ['Yes'])
	const id = await ada.says('hello', { to: owner })
	await ada.reacts(id, '👍')
	await ada.edits(id, 'hello!')
	await ada.pins(id)
	await ada.deletes(id)
	const types = [
		'poll.vote',
		'message.reaction',
		'message.edited',
		'message.pinned',
		'message.deleted',
	]
	for (const type of types) {
		const commit = await until(type, () => commits.find((kept) => kept.includes(type)))
		assert.ok(commit.includes('session'), `${type}: ${commit}`)
		assert.ok(
			commit.some((name) => name.startsWith('received/')),
			`${type}: ${commit}`,
		)
	}
	const vote = commits.find((kept) => kept.includes('poll.vote'))!
	assert.ok(vote.some((collection) => collection.startsWith('vote/')))
})

test('a QR is in events while it is valid, and never on the disk', OVER_FILES, async (t) => {
	const sandbox = await openSandbox(t)
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const receiver = await openReceiver(t)
	await gateway.request('POST', `${SESSION}/webhooks`, { url: receiver.url, events: ['session.*'] })
	const { qr } = (await gateway.request('GET', `${SESSION}/qr`)).body
	const { body: code } = await gateway.request('POST', `${SESSION}/pair`, {
		phone_number: '491700000001',
	})
	await receiver.gets(({ event }) => event.data.code === code.code)
	const shown = (await logOf(gateway)).find(({ type }) => type === 'session.qr')
	assert.equal(shown.data.qr, qr)
	await gateway.stop()
	for (const secret of [qr, code.code])
		assert.deepEqual(await filesWith(gateway.dataDir, secret), [])

	const again = await openGateway(t, { sandbox, dataDir: gateway.dataDir })
	const kept = (await logOf(again)).find(({ id }) => id === shown.id)
	assert.deepEqual(kept.data, { qr: null, expires_at: shown.data.expires_at })
})

async function filesWith(directory: string, text: string): Promise<string[]> {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true })
	const paths = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name))
	const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')))
	assert.ok(paths.length > 0)
	return paths.filter((_, index) => texts[index]!.includes(text))
}
