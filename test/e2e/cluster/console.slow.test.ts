import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY } from '../../support/gateway-process.ts'
import { messagesOf } from '../../integration/http/pages/support.ts'
import { openClusterWorld, type ClusterNode } from './support/world.ts'

const page = { 'x-console': '1', 'content-type': 'application/json' }

async function newsAt(node: ClusterNode) {
	const signIn = await fetch(`${node.url}/console/api/sign-in`, {
		method: 'POST',
		headers: page,
		body: JSON.stringify({ key: ADMIN_KEY }),
	})
	assert.equal(signIn.status, 204)
	const cookie = signIn.headers.get('set-cookie')!.split(';')[0]!
	const headers = { ...page, cookie }
	return messagesOf(await fetch(`${node.url}/console/api/news?events=50`, { headers }))
}

test('the console shows events of a session at another gateway, and goes on when the session moves', async (t) => {
	const world = await openClusterWorld(t)
	const owner = await world.start()
	await world.link(owner, 1)
	const other = await world.start()
	const { shop, person } = world.lines[0]!
	const news = await newsAt(other)
	const snapshot = (await news.next()).value!
	assert.equal(snapshot.name, 'snapshot')
	assert.equal(snapshot.data.events.at(-1).data.status, 'open')

	const seen: any[] = []
	async function saysAndSees(text: string) {
		await person.says(text, { to: shop })
		for (;;) {
			const { name, data } = (await news.next()).value!
			if (name !== 'event') continue
			seen.push(data)
			if (data.data.text === text) return
		}
	}
	await saysAndSees('one')
	await saysAndSees('two')
	owner.process.kill('SIGTERM')
	await world.untilAllOpen()
	await saysAndSees('three')
	const numbers = seen.map(({ seq }) => seq)
	assert.deepEqual(
		numbers,
		numbers.map((_, n) => snapshot.data.events.at(-1).seq + 1 + n),
	)
})
