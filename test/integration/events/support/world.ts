import type { TestContext } from 'node:test'
import type { Phone } from '../../../../gateway/src/sandbox/index.ts'
import type { Sandbox } from '../../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../../support/baileys-client.ts'
import { until } from '../../../support/wait.ts'
import { atEnd, linkedGateway, type TestGateway } from '../../../support/gateway/gateway.ts'
import { layered, type Layer } from '../../../support/storage.ts'
import { openReceiver } from '../../../support/gateway/receiver.ts'

export const SESSION = '/api/v1/sessions/main'

/** How long a message that cannot be decrypted is waited for here. Baileys asks for it after 250 ms. */
const PATIENCE_MS = 1_500

export type World = Awaited<ReturnType<typeof openWorld>>

/** A gateway with its owner and two others, and a webhook that hears of everything, history too. */
export async function openWorld(t: TestContext) {
	const engine = { fails: false, hasLostCommits: false }
	const linked = await linkedGateway(t, {
		patienceMs: PATIENCE_MS,
		through: (storage) => layered(storage, [behind(engine)]),
	})
	const { gateway, sandbox, owner, ada } = linked
	const carl = sandbox.phone('491700000003', { name: 'Carl', addressing: 'lid' })
	const receiver = await openReceiver(t)
	const { body: hook } = await gateway.request('POST', `${SESSION}/webhooks`, {
		url: receiver.url,
		events: ['*', 'history.*', 'message.outgoing'],
	})
	return {
		...linked,
		carl,
		receiver,
		hook,
		/** Where the state of the session is kept. */
		engine,
		/** Posts to the session and gives what it answers. */
		async posts(path: string, body: unknown): Promise<any> {
			const answer = await gateway.request('POST', `${SESSION}/${path}`, body)
			if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`)
			return answer.body
		},
		/** Waits until the webhook has heard of an event. */
		hears: async (type: string, fits: (data: any) => boolean = () => true): Promise<any> =>
			(await receiver.gets(({ event }) => event.type === type && fits(event.data))).event,
		/** A group of the three. */
		async group() {
			const id = ada.createsGroup('Three', [owner, carl])
			await until('the gateway is in the group', () =>
				receiver.posts.some(({ event }) => event.data.chat?.id === id),
			)
			return id
		},
		/** Somebody writes what cannot be decrypted, and is not there to send it again. */
		async cannotRead(phone: Phone, text: string) {
			// One copy is for the owner's phone, one for the gateway.
			sandbox.whatsapp.faults.garbleMessagesTo(owner.account.phone, 2)
			const id = await phone.says(text, { to: owner })
			phone.goesOffline()
			return id
		},
		/** Another device of the owner's account, as a second computer has it. */
		secondDevice: () => secondDevice(t, sandbox, owner),
	}
}

/** An engine that may fail, and then lack what it has acknowledged. */
const behind =
	(engine: { fails: boolean; hasLostCommits: boolean }): Layer =>
	(store) => ({
		...store,
		hasLostCommits: engine.hasLostCommits,
		commit: (changes, options) =>
			engine.fails ? Promise.reject(new Error('it is away')) : store.commit(changes, options),
	})

async function secondDevice(t: TestContext, sandbox: Sandbox, owner: Phone) {
	const client = new BaileysClient(sandbox)
	const qr = await client.connect().qr()
	const open = client.isOpen()
	owner.scans(qr)
	await open
	atEnd(t, () => client.end())
	return client
}

/** What is in the log of a session. */
export async function logOf(gateway: TestGateway): Promise<any[]> {
	const { body } = await gateway.request('GET', `${SESSION}/events?limit=1000`)
	return body.events
}

export const person = ({ account }: Phone, name: string | null = account.name) => ({
	id: `${account.phone}@s.whatsapp.net`,
	phone: account.phone,
	lid: `${account.lid}@lid`,
	name,
})
