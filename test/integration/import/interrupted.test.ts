import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundSession } from '../../../gateway/src/import/found-session.ts'
import { takeOver } from '../../../gateway/src/import/take-over.ts'
import { keyNamed } from '../../../gateway/src/session/import-baileys/file-name.ts'
import { parseStored } from '../../../gateway/src/session/import-baileys/parse-stored.ts'
import type { StoredDevice } from '../../../gateway/src/session/import-baileys/stored-device.ts'
import { openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { conversationGoesOn } from '../../support/import/conversation.ts'
import { linkedPair, type StoredByBaileys } from '../../support/import/stored-device.ts'

function deviceFrom({ creds, keys }: StoredByBaileys): StoredDevice {
	return {
		place: 'the test',
		creds: parseStored(creds),
		keys: [...keys].map(([name, value]) => ({
			...keyNamed(name)!,
			name,
			read: async () => parseStored(value),
		})),
	}
}

test('an import that was interrupted connects nothing, and the next one completes it', async (t) => {
	const sandbox = await openSandbox(t)
	const { owner, peer, stored } = await linkedPair(sandbox, 1)
	const gateway = await openGateway(t, { sandbox })
	let isCut = true
	const found: FoundSession = {
		...{ name: 'shop', account: undefined, login: '', carries: [], leaves: [], warnings: [] },
		content: {
			...{ device: deviceFrom(stored), connects: true, data: {}, webhooks: [] },
			keys: [{ name: 'a key', role: 'member', key: 'key-of-the-other-system' }],
			async finish() {
				if (isCut) throw new Error('power cut')
			},
		},
	}
	await assert.rejects(
		takeOver(gateway, 'evolution', found, { withWebhooks: true, onlyLook: false }),
		/power cut/,
	)
	await gateway.stop()

	const next = await openGateway(t, { sandbox, dataDir: gateway.dataDir })
	next.start()
	assert.equal(await next.statusOf('shop'), 'created')
	isCut = false
	assert.equal(
		(await takeOver(next, 'waha', found, { withWebhooks: true, onlyLook: false })).outcome,
		'skipped',
	)
	assert.deepEqual(
		await takeOver(next, 'evolution', found, { withWebhooks: true, onlyLook: false }),
		{
			...{ outcome: 'taken', text: 'shop is session shop now.', notes: [] },
		},
	)
	assert.equal(
		(await takeOver(next, 'evolution', found, { withWebhooks: true, onlyLook: false })).outcome,
		'skipped',
	)
	assert.equal(next.keys.list().length, 1)
	await next.stop()

	const last = await openGateway(t, { sandbox, dataDir: gateway.dataDir })
	last.start()
	await last.becomes('shop', 'open')
	await conversationGoesOn(last, 'shop', owner, peer)
})
