import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGateway, temporaryDirectory } from '../../support/gateway/gateway.ts'
import { openPostgres } from '../../support/postgres.ts'
import { freePort } from '../../support/ports.ts'
import { findingsOf } from './support/set-up.ts'

const sentences = (findings: { sentence: string }[]) =>
	findings.map(({ sentence }) => sentence).join('\n')

test('doctor looks at the database, at who uses it, and at the state in it', async (t) => {
	const server = await openPostgres(t)
	const STATE_URL = await server.database()
	const env = { STATE_URL, DATA_DIR: await temporaryDirectory(t) }
	const untouched = await findingsOf(t, 'database', { env })
	assert.match(
		sentences(untouched),
		/^PostgreSQL \d+\S*.* can be used\.\nThe database has no checksums/,
	)
	assert.match(sentences(await findingsOf(t, 'state', { env })), /no session yet/)

	const stateKey = 'a'.repeat(64)
	const gateway = await openGateway(t, { stateUrl: STATE_URL, stateKey })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const inUse = await findingsOf(t, 'database', { env })
	assert.match(sentences(inUse), /in use by process \d+ on /)
	const encrypted = { ...env, STATE_KEY: stateKey }
	const [state] = await findingsOf(t, 'state', { env: encrypted })
	assert.deepEqual(
		[state!.state, state!.sentence],
		['fine', 'The records of one session can be read.'],
	)
	const [withoutKey] = await findingsOf(t, 'state', { env })
	assert.equal(withoutKey!.state, 'wrong')
	assert.match(withoutKey!.sentence, /no key was given/)

	await gateway.stop()
	const copied = { ...env, STATE_URL: await server.copy(STATE_URL) }
	assert.match(sentences(await findingsOf(t, 'database', { env: copied })), /in another database/)
	const [original] = await findingsOf(t, 'database', { env })
	assert.equal(original!.state, 'fine')
})

test('doctor says why a database cannot be used', async (t) => {
	const unsafe = await openPostgres(t, { isDurable: false })
	const [found] = await findingsOf(t, 'database', { env: { STATE_URL: await unsafe.database() } })
	assert.equal(found!.state, 'wrong')
	assert.match(found!.sentence, /has fsync=off/)
	const STATE_URL = `postgresql://user:secret@127.0.0.1:${await freePort()}/whatsapp`
	const [absent] = await findingsOf(t, 'database', { env: { STATE_URL } })
	assert.equal(absent!.state, 'wrong')
	assert.match(absent!.sentence, /cannot be reached: .*ECONNREFUSED/)
	assert.doesNotMatch(absent!.sentence, /secret/)
})
