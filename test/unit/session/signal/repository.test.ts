import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import {
	initAuthCreds,
	type SignalKeyStoreWithTransaction,
	type SignalRepositoryWithLIDStore,
} from '@whiskeysockets/baileys'
import { generatePreKey, initSync } from 'whatsapp-rust-bridge'
import { withType } from '../../../../gateway/src/session/signal/own-keys.ts'
import { signalRepository } from '../../../../gateway/src/session/signal/repository.ts'
import { openSignalStore } from '../../../../gateway/src/session/signal/store.ts'
import { silentLog } from '../../../../gateway/src/log.ts'
import type { Change, StateStore } from '../../../../gateway/src/storage/driver.ts'
import { memoryState } from '../../../../gateway/src/storage/memory.ts'

const GROUP = '120363000000000001@g.us'

/** A store that takes its time, so that operations can overtake each other where they may. */
function slow(store: StateStore): StateStore {
	let last = Promise.resolve()
	return {
		...store,
		commit: (changes) => {
			const applied = store.commit(changes)
			const delay = new Promise<void>((resolve) => setTimeout(resolve, randomInt(4)))
			return (last = last.then(async () => void (await Promise.all([delay, applied]))))
		},
	}
}

type Received = (plain: Uint8Array) => Change[]

/** A device: its repository over a store of its own, with nobody but the other one in the world. */
async function device(
	jid: string,
	{
		state = memoryState([]),
		received = (() => []) as Received,
		reads = (async () => {}) as (plain: Uint8Array) => Promise<void>,
	} = {},
) {
	const creds = initAuthCreds()
	const mappings = new Map<string, string>()
	const keys = {
		get: async (_type: string, ids: string[]) =>
			Object.fromEntries(ids.flatMap((id) => (mappings.has(id) ? [[id, mappings.get(id)]] : []))),
		set: async ({ 'lid-mapping': learnt }: { 'lid-mapping': Record<string, string> }) => {
			for (const [id, other] of Object.entries(learnt)) mappings.set(id, other)
		},
		transaction: (work: () => Promise<unknown>) => work(),
		isInTransaction: () => false,
	} as unknown as SignalKeyStoreWithTransaction
	let nextPreKey = 1

	let opened: Awaited<ReturnType<typeof openSignalStore>> | undefined

	async function start({ anew = true } = {}): Promise<SignalRepositoryWithLIDStore> {
		const store = (anew ? undefined : opened) ?? (await openSignalStore(state))
		opened = store
		const make = signalRepository({
			store,
			lidOf: (phone) => mappings.get(phone),
			async decrypted({ plain }) {
				await reads(plain)
				return () => ({ changes: received(plain), onDurable: () => undefined })
			},
			failed: (error) => assert.fail(String(error)),
		})
		return make({ creds, keys }, silentLog as never, async () => [])
	}

	return {
		jid,
		state,
		start,
		repository: await start(),
		async bundle() {
			const { keyId, keyPair } = generatePreKey(nextPreKey++)
			const value = { public: keyPair.pubKey, private: keyPair.privKey }
			const stored = JSON.parse(
				JSON.stringify(value, (_key, v) =>
					v instanceof Uint8Array ? { type: 'Buffer', data: Buffer.from(v).toString('base64') } : v,
				),
			) as unknown
			await state.commit([{ collection: 'pre-key', id: String(keyId), value: stored }])
			return {
				registrationId: creds.registrationId,
				identityKey: withType(creds.signedIdentityKey.public),
				signedPreKey: {
					keyId: creds.signedPreKey.keyId,
					publicKey: withType(creds.signedPreKey.keyPair.public),
					signature: creds.signedPreKey.signature,
				},
				preKey: { keyId, publicKey: keyPair.pubKey },
			}
		},
	}
}

type Device = Awaited<ReturnType<typeof device>>

const meet = async (a: Device, b: Device) =>
	a.repository.injectE2ESession({ jid: b.jid, session: await b.bundle() })

const send = async (from: Device, to: Device, text: string) =>
	from.repository.encryptMessage({ jid: to.jid, data: Buffer.from(text) })

const read = async (by: Device, from: Device, sent: Awaited<ReturnType<typeof send>>) =>
	Buffer.from(await by.repository.decryptMessage({ jid: from.jid, ...sent })).toString()

type Ciphertext = Awaited<ReturnType<typeof send>> | { type: 'skmsg'; ciphertext: Uint8Array }

async function answerTo(from: Device, to: Device, sent: Awaited<ReturnType<typeof send>>) {
	await read(from, to, sent)
	return send(from, to, 'answer')
}

const learnSenderKey = (by: Device, from: Device, key: Uint8Array) =>
	by.repository.processSenderKeyDistributionMessage({
		authorJid: from.jid,
		item: { groupId: GROUP, axolotlSenderKeyDistributionMessage: key },
	})

const readGroup = async (by: Device, from: Device, msg: Uint8Array) => {
	const sent = { group: GROUP, authorJid: from.jid, msg }
	return Buffer.from(await by.repository.decryptGroupMessage(sent)).toString()
}

test('two devices that write first at once understand each other for ever after', async () => {
	const [a, b] = [await device('1@lid'), await device('2@lid')]
	await Promise.all([meet(a, b), meet(b, a)])
	for (let round = 0; round < 30; round++) {
		const [fromA, fromB] = await Promise.all([send(a, b, `a${round}`), send(b, a, `b${round}`)])
		const late = await send(a, b, `late ${round}`)
		assert.equal(await read(a, b, fromB), `b${round}`)
		assert.equal(await read(b, a, late), `late ${round}`)
		assert.equal(await read(b, a, fromA), `a${round}`)
	}
})

test('full duplex with slow stores, random delays and lost order: everything decrypts', async () => {
	const [a, b] = [
		await device('1@lid', { state: slow(memoryState([])) }),
		await device('2@lid', { state: slow(memoryState([])) }),
	]
	await Promise.all([meet(a, b), meet(b, a)])
	const travel = async (from: Device, to: Device, text: string) => {
		const sent = await send(from, to, text)
		await new Promise((resolve) => setTimeout(resolve, randomInt(20)))
		assert.equal(await read(to, from, sent), text)
	}
	const journeys = Array.from({ length: 1000 }, (_, n) =>
		n % 2 ? travel(a, b, `a${n}`) : travel(b, a, `b${n}`),
	)
	await Promise.all(journeys)
})

test('a ciphertext that is delivered again is answered from the kept plaintext, and read only once', async () => {
	const told: string[] = []
	const a = await device('1@lid')
	const b = await device('2@lid', {
		received: (plain) => (told.push(Buffer.from(plain).toString()), []),
	})
	await meet(a, b)
	const first = await send(a, b, 'first')
	const second = await send(a, b, 'second')
	await read(b, a, first)
	await read(b, a, second)
	b.repository = await b.start()
	assert.equal(await read(b, a, first), 'first')
	assert.equal(await read(b, a, second), 'second')
	assert.deepEqual(told, ['first', 'second'])
	assert.equal(await read(b, a, await send(a, b, 'third')), 'third')
})

const sendings: [what: string, sends: (a: Device, b: Device) => Promise<Ciphertext[]>][] = [
	[
		'in a session that begins',
		async (a, b) => {
			await meet(a, b)
			return [await send(a, b, 'x'), await send(a, b, 'y')]
		},
	],
	[
		'in a session that goes on',
		async (a, b) => {
			await meet(a, b)
			await read(a, b, await answerTo(b, a, await send(a, b, 'hello')))
			return [await send(a, b, 'x'), await send(a, b, 'y')]
		},
	],
	[
		'to a group',
		async (a, b) => {
			const toGroup = (text: string) =>
				a.repository.encryptGroupMessage({
					...{ group: GROUP, meId: a.jid, data: Buffer.from(text) },
				})
			const both = [await toGroup('x'), await toGroup('y')]
			await learnSenderKey(b, a, both[0]!.senderKeyDistributionMessage)
			return both.map(({ ciphertext }) => ({ type: 'skmsg', ciphertext }))
		},
	],
]

for (const [what, sends] of sendings)
	for (const isReopened of [false, true])
		test(`a message ${what} that was decrypted and could not be kept is read when it comes again${isReopened ? ', after a restart' : ''}`, async () => {
			let isEnded = false
			const reads = async () => {
				if (isEnded) throw new Error('the connection has ended')
			}
			const [a, b] = [await device('1@lid'), await device('2@lid', { reads })]
			const [first, second] = await sends(a, b)
			const readBy = ({ type, ciphertext }: Ciphertext) =>
				type === 'skmsg' ? readGroup(b, a, ciphertext) : read(b, a, { type, ciphertext })
			isEnded = true
			await assert.rejects(readBy(first!), /has ended/)
			isEnded = false
			// A new connection has a repository of its own, over the same store if the session stays open.
			b.repository = await b.start({ anew: isReopened })
			assert.equal(await readBy(second!), 'y')
			assert.equal(await readBy(first!), 'x')
		})

test('ratchet, one-time key, plaintext and what the receiver adds are one commit', async () => {
	const commits: string[][] = []
	const state = memoryState([])
	const watched: StateStore = {
		...state,
		commit: (changes) => {
			commits.push(
				changes.map(({ collection, value }) => `${value === null ? '-' : '+'}${collection}`),
			)
			return state.commit(changes)
		},
	}
	const a = await device('1@lid')
	const b = await device('2@lid', {
		state: watched,
		received: () => [{ collection: 'event', id: '1', value: 'event' }],
	})
	await meet(a, b)
	const sent = await send(a, b, 'hello')
	commits.length = 0
	await read(b, a, sent)
	const kinds = commits.map((commit) => commit.map((name) => name.split('/')[0]))
	assert.deepEqual(kinds, [['+session', '-pre-key', '+received', '+event']])
})

test('a wrong message harms no session', async () => {
	const [a, b] = [await device('1@lid'), await device('2@lid')]
	await meet(a, b)
	await read(b, a, await send(a, b, 'hello'))
	await read(a, b, await send(b, a, 'hi'))
	const good = await send(a, b, 'good')
	const bad = { ...good, ciphertext: Buffer.from(good.ciphertext) }
	bad.ciphertext[bad.ciphertext.length - 1]! ^= 1
	await assert.rejects(read(b, a, bad), Error)
	assert.equal(await read(b, a, good), 'good')
})

test('a Signal session that began with a phone number continues under the LID once that is known', async () => {
	const a = await device('1@lid')
	const b = await device('49151000000@s.whatsapp.net')
	await meet(a, b)
	const sent = await send(a, b, 'before')
	assert.equal(await read(b, a, sent), 'before')
	const moved = await a.repository.migrateSession('49151000000@s.whatsapp.net', '2@lid')
	assert.equal(moved.migrated, 1)
	b.jid = '2@lid'
	assert.equal(await read(b, a, await send(a, b, 'after')), 'after')
	assert.equal(await read(a, b, await send(b, a, 'answer')), 'answer')
	assert.deepEqual(await a.repository.validateSession('49151000000@s.whatsapp.net'), {
		exists: false,
		reason: 'no session',
	})
})

test('sender keys work out of order, after restarts, and do not grow', async () => {
	const [a, b] = [await device('1@lid'), await device('2@lid')]
	const group = (n: number) =>
		a.repository.encryptGroupMessage({ group: GROUP, meId: a.jid, data: Buffer.from(`group ${n}`) })
	const sent: Awaited<ReturnType<typeof group>>[] = []
	for (let n = 0; n < 200; n++) sent.push(await group(n))
	await learnSenderKey(b, a, sent[0]!.senderKeyDistributionMessage)
	const readNth = (n: number) => readGroup(b, a, sent[n]!.ciphertext)
	for (const n of [5, 3, 199, 100]) assert.equal(await readNth(n), `group ${n}`)
	b.repository = await b.start()
	for (const n of [3, 4, 198]) assert.equal(await readNth(n), `group ${n}`)
	const [record] = (await a.state.list('sender-key')).values()
	assert.ok(
		(record as string).length < 200,
		`own sender key has ${(record as string).length} characters`,
	)
})

test('messages encrypted at the same time for one device or one group stay in order', async () => {
	const [a, b] = [await device('1@lid'), await device('2@lid')]
	await meet(a, b)
	const numbers = Array.from({ length: 100 }, (_, n) => `${n}`)
	const toGroup = (text: string) =>
		a.repository.encryptGroupMessage({ group: GROUP, meId: a.jid, data: Buffer.from(text) })
	const [personal, shared] = await Promise.all([
		Promise.all(numbers.map((text) => send(a, b, text))),
		Promise.all(numbers.map(toGroup)),
	])
	await learnSenderKey(b, a, shared[0]!.senderKeyDistributionMessage)
	for (const [n, text] of numbers.entries()) {
		assert.equal(await read(b, a, personal[n]!), text)
		assert.equal(await readGroup(b, a, shared[n]!.ciphertext), text)
	}
})

test('the memory of the WASM module does not grow, also after failures', async () => {
	const [a, b] = [await device('1@lid'), await device('2@lid')]
	const wrong = { type: 'msg' as const, ciphertext: Buffer.alloc(100) }
	async function everything() {
		await meet(a, b)
		await read(b, a, await send(a, b, 'x'.repeat(1000)))
		await assert.rejects(read(b, a, wrong))
		const data = Buffer.alloc(1000)
		const { ciphertext, senderKeyDistributionMessage } = await a.repository.encryptGroupMessage({
			group: GROUP,
			meId: a.jid,
			data,
		})
		await learnSenderKey(b, a, senderKeyDistributionMessage)
		await readGroup(b, a, ciphertext)
		await assert.rejects(readGroup(b, a, Buffer.alloc(100)))
	}
	for (let n = 0; n < 50; n++) await everything()
	// Once the module runs, this only gives access to it.
	const wasm = initSync(undefined as never)
	const before = wasm.memory.buffer.byteLength
	for (let n = 0; n < 1000; n++) await everything()
	assert.equal(wasm.memory.buffer.byteLength, before)
})
