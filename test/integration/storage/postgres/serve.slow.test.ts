import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { atEnd, temporaryDirectory } from '../../../support/directories.ts'
import { gatewayCommand } from '../../../support/gateway-command.ts'
import { startGateway, type Gateway } from '../../../support/gateway-process.ts'
import { openPostgres } from '../../../support/postgres.ts'

const SHOP = '491700000001'
const ANNA = '491700000002'
const MESSAGES = '/api/v1/sessions/main/messages'

/** @returns the id of the message */
async function sendsAndGets(gateway: Gateway, words: string): Promise<string> {
	const after = await gateway.newest(ANNA)
	const body = { to: ANNA, text: words }
	const sent = await gateway.request<{ message_id: string }>('POST', `${MESSAGES}/text`, body)
	await gateway.receives(ANNA, after, (message) => message.text === words)
	return sent.message_id
}

test('a gateway on PostgreSQL goes on after a restart and after a kill, and only one uses the database', async (t) => {
	const server = await openPostgres(t)
	const STATE_URL = await server.database()
	const dataDir = await temporaryDirectory(t)
	const log = join(await temporaryDirectory(t), 'gateway.log')
	const start = async () => {
		const gateway = await startGateway({ dataDir, log, env: { STATE_URL } })
		atEnd(t, gateway.stop)
		return gateway
	}
	const ids: string[] = []

	const first = await start()
	await first.person(SHOP, 'Shop')
	await first.person(ANNA, 'Anna')
	await first.link('main', SHOP)
	ids.push(await sendsAndGets(first, 'before the restart'))
	const { id } = await first.request<{ id: string }>('POST', '/api/v1/keys', {
		name: 'kept',
		role: 'admin',
	})
	const second = await gatewayCommand({ STATE_URL, DATA_DIR: await temporaryDirectory(t) })
	assert.equal(second.code, 75)
	assert.match(second.said, /^The database behind STATE_URL is in use by process \d+ on /)
	await first.stop()

	const restarted = await start()
	await restarted.link('main', SHOP)
	ids.push(await sendsAndGets(restarted, 'after the restart'))
	await restarted.kill()

	const last = await start()
	await last.link('main', SHOP)
	ids.push(await sendsAndGets(last, 'after the kill'))
	const { keys } = await last.request<{ keys: { id: string }[] }>('GET', '/api/v1/keys')
	assert.ok(keys.some((key) => key.id === id))
	for (const id of ids) {
		const kept = await last.request<{ status: string }>('GET', `${MESSAGES}/${id}`)
		assert.match(kept.status, /sent|delivered/)
	}
	await last.stop()
	const names = (await readdir(dataDir)).filter((name) => !name.startsWith('.'))
	assert.deepEqual(
		names.filter((name) => !['sandbox', 'tmp', 'media'].includes(name)),
		[],
	)
})

test('an address at which no PostgreSQL answers, and a wrong one, are explained', async (t) => {
	const DATA_DIR = await temporaryDirectory(t)
	const wrong = await gatewayCommand({ STATE_URL: 'mysql://secret@localhost/x', DATA_DIR })
	assert.equal(wrong.code, 78)
	assert.match(wrong.said, /^STATE_URL cannot be used: it must be like postgresql:/)
	assert.doesNotMatch(wrong.said, /secret/)
	const server = await openPostgres(t)
	const nowhere = (await server.database()).replace(/\w+$/, 'nowhere')
	const absent = await gatewayCommand({ STATE_URL: nowhere, DATA_DIR })
	assert.equal(absent.code, 78)
	assert.match(absent.said, /^The database behind STATE_URL cannot be used: .*"nowhere"/)
})
