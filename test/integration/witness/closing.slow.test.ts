import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { far, layered } from '../../support/storage.ts'
import { until } from '../../support/wait.ts'

const ROUNDS = 8
/** Many more than are read until the connection ends. */
const EACH = 20
const SESSION = '/api/v1/sessions/main'

type Linked = Awaited<ReturnType<typeof linkedGateway>>

const ends: [how: string, end: (linked: Linked) => Promise<unknown> | void][] = [
	['closed', ({ gateway }) => gateway.request('POST', `${SESSION}/disconnect`)],
	['cut', ({ sandbox, owner }) => sandbox.whatsapp.drops(owner.account)],
]

for (const [how, end] of ends)
	for (const directReceive of ['on', 'off'] as const)
		for (const to of ['the number', 'a group'] as const)
			test(`messages to ${to} that come while its connection is ${how}, again and again, come once each (direct: ${directReceive})`, async (t) => {
				const linked = await linkedGateway(t, {
					directReceive,
					through: (storage) => layered(storage, [far(() => randomInt(8))]),
				})
				const { gateway, ada, owner } = linked
				const group = to === 'a group' ? ada.createsGroup('Both', [owner]) : undefined
				const told = async () => {
					const { body } = await gateway.request('GET', `${SESSION}/events?limit=1000`)
					const events = body.events as { type: string; data: { text: string } }[]
					return events.flatMap(({ type, data }) => (type === 'message.received' ? data.text : []))
				}
				const said: string[] = []
				for (let round = 0; round < ROUNDS; round++) {
					for (let n = 0; n < EACH; n++) {
						said.push(`${round}.${n}`)
						await ada.says(said.at(-1)!, { to: group ?? owner })
					}
					await pause(randomInt(30))
					await end(linked)
					await until('it is noticed', async () => (await gateway.statusOf('main')) !== 'open')
					await gateway.request('POST', `${SESSION}/connect`)
					await gateway.becomes('main', 'open')
				}
				await until('all are told', async () => (await told()).length >= said.length)
				assert.deepEqual(await told(), said)
			})
