import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Storage } from '../../../../gateway/src/storage/driver.ts'
import { layered, type Layer } from '../../../support/storage.ts'
import { until } from '../../../support/wait.ts'
import { linkedGateway } from '../../../support/gateway/gateway.ts'

const MAIN = '/api/v1/sessions/main'
/** One for the message that brings the key, one for the key, one for the message that it opens. */
const COMMITS = 3

/** The disk is lost to the gateway right after a commit of a ratchet: what it wrote is there, though. */
function crash() {
	let left = Infinity
	const layer: Layer = (store) => ({
		...store,
		async commit(changes) {
			if (left <= 0) throw new Error('crashed')
			const isRatchet = changes.some(({ collection }) => /^(session|sender-key)$/.test(collection))
			if (isRatchet) left--
			const crashes = left <= 0
			await store.commit(changes)
			if (crashes) throw new Error('crashed')
		},
	})
	return {
		through: (storage: Storage) => layered(storage, [layer]),
		afterRatchetCommits: (count: number) => void (left = count),
		never: () => void (left = Infinity),
	}
}

for (let commits = 1; commits <= COMMITS; commits++)
	test(`a first message to a group that comes again after a crash at commit ${commits} of ${COMMITS} is told once`, async (t) => {
		const { through, afterRatchetCommits, never } = crash()
		const { gateway, sandbox, owner, ada } = await linkedGateway(t, { through })
		const group = owner.createsGroup('crashes', [ada])
		afterRatchetCommits(commits)
		await ada.says('first', { to: group })
		await gateway.becomes('main', 'closed')
		const texts = async () => {
			const { events } = (await gateway.request('GET', `${MAIN}/events?after=0`)).body
			return events
				.filter(({ type }: any) => type === 'message.received')
				.map(({ data }: any) => data.text)
		}

		never()
		await gateway.request('POST', `${MAIN}/connect`)
		await gateway.becomes('main', 'open')
		await ada.says('second', { to: group })
		await until('both are told', async () => (await texts()).includes('second'))
		assert.deepEqual(await texts(), ['first', 'second'])
		await until('both are acknowledged', () => owner.account.devices[1]!.queue.length === 0)
		const complaints = sandbox.whatsapp.log.list(
			({ stanza: { tag, attrs } }) =>
				(tag === 'receipt' && attrs.type === 'retry') || (tag === 'ack' && Boolean(attrs.error)),
		)
		assert.deepEqual(complaints, [])
	})
