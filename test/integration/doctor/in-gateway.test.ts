import assert from 'node:assert/strict'
import { rename, rm } from 'node:fs/promises'
import { test } from 'node:test'
import { linkedGateway, openGateway } from '../../support/gateway/gateway.ts'
import { freePort } from '../../support/ports.ts'
import { addHook } from '../../support/delivery/world.ts'
import { fillDisk, smallDisk } from '../../support/small-disk.ts'

const CHECKS = '/api/v1/gateway/checks'

test('a running gateway checks itself, and shows what doctor shows', async (t) => {
	const { gateway } = await linkedGateway(t, { ffmpegPath: '/nowhere/ffmpeg' })
	const { port } = new URL(`http://127.0.0.1:${await freePort()}`)
	await addHook(gateway, `http://127.0.0.1:${port}/secret-path`)
	const { status, body, text } = await gateway.request('GET', CHECKS)
	assert.equal(status, 200)
	assert.ok(!Number.isNaN(Date.parse(body.checked_at)))
	const of = (name: string) => body.checks.find((check: any) => check.name === name)
	for (const name of ['node', 'settings', 'port', 'saving', 'keys', 'whatsapp', 'sessions'])
		assert.equal(of(name).state, 'fine', JSON.stringify(of(name)))
	assert.equal(of('ffmpeg').state, 'warning')
	assert.match(of('webhooks').sentence, /main\) does not accept connections\.$/)
	assert.equal(of('lock'), undefined)
	assert.doesNotMatch(text, /secret-path/)
	assert.equal((await gateway.request('POST', '/api/v1/sessions/main/disconnect')).status, 200)
	const { body: later } = await gateway.request('GET', CHECKS)
	assert.equal(later.checks.find((check: any) => check.name === 'sessions').state, 'fine')
})

test('only admins see the checks', async (t) => {
	const gateway = await openGateway(t)
	const { body } = await gateway.request('POST', '/api/v1/keys', { name: 'm', role: 'member' })
	const asked = await gateway.request('GET', CHECKS, undefined, { 'x-api-key': body.key })
	assert.equal(asked.status, 403)
})

test('/ready answers 503 while DATA_DIR is gone', async (t) => {
	const gateway = await openGateway(t)
	assert.equal((await gateway.request('GET', '/ready')).status, 200)
	const aside = `${gateway.dataDir}-aside`
	await rename(gateway.dataDir, aside)
	const { status, body } = await gateway.request('GET', '/ready')
	await rename(aside, gateway.dataDir)
	assert.deepEqual([status, body.reason], [503, 'data_dir_unusable'])
	assert.equal((await gateway.request('GET', '/ready')).status, 200)
	await rm(aside, { recursive: true, force: true })
})

test('/ready answers 503 while next to nothing is free on the disk', async (t) => {
	const dataDir = await smallDisk(t, 24 * 1024 * 1024)
	if (!dataDir) return t.skip('mounting a small disk needs rights that this user has not')
	const gateway = await openGateway(t, { dataDir })
	assert.equal((await gateway.request('GET', '/ready')).status, 200)
	const free = await fillDisk(dataDir)
	const { status, body } = await gateway.request('GET', '/api/v1/ready')
	assert.deepEqual([status, body.reason], [503, 'disk_full'])
	await free()
	assert.equal((await gateway.request('GET', '/ready')).status, 200)
})
