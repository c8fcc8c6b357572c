import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
	proto,
	useMultiFileAuthState,
	type AuthenticationCreds,
	type SignalDataTypeMap,
} from '@whiskeysockets/baileys'
import { openAuthState } from '../../../gateway/src/session/signal/auth-state.ts'
import { createCacheStore } from '../../../gateway/src/session/connection/cache-store.ts'
import { ImportError } from '../../../gateway/src/session/import-baileys/import-error.ts'
import { readBaileysAuth } from '../../../gateway/src/session/import-baileys/index.ts'
import { signalRepository } from '../../../gateway/src/session/signal/repository.ts'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { childOf, type BinaryNode } from '../../../gateway/src/sandbox/wire/node.ts'
import { memoryState } from '../../../gateway/src/storage/memory.ts'
import { BaileysClient } from '../../support/baileys-client.ts'

type Stored = { _sessions: Record<string, { indexInfo: { closed: number } }> }

const pn = ({ account }: Phone) => `${account.phone}@s.whatsapp.net`

let directory: string
let sandbox: Sandbox
let shop: Phone
let ayse: Phone
let bora: Phone
let cem: Phone
let derya: Phone
let group: string
let raw: BaileysClient
let imported: BaileysClient
let skipped: string[]
let stoppedAt: number
let firstToCem: () => void

/** Keeps the next message to a device back that fits. @returns what delivers it after all */
function holdsBack(
	{ account }: Phone,
	device: number,
	fits?: (id?: string) => boolean,
): () => void {
	const { whatsapp } = sandbox
	const deliver = whatsapp.deliver.bind(whatsapp)
	let held: (() => void) | undefined
	whatsapp.deliver = (to, stanza) => {
		const isTo = to.account === account && to.device.id === device && stanza.tag === 'message'
		if (!held && isTo && (fits?.(stanza.attrs.id) ?? true)) held = () => deliver(to, stanza)
		else deliver(to, stanza)
	}
	return () => held!()
}

/** Waits until WhatsApp knows that the client has a message: it will not come again. */
const confirms = (id: string) =>
	sandbox.whatsapp.log.waitFor(
		({ direction, account, device, stanza }) =>
			direction === 'in' &&
			account === shop.account.phone &&
			device === 1 &&
			stanza.tag === 'receipt' &&
			stanza.attrs.id === id,
	)

async function writesTo(client: BaileysClient, text: string, from: Phone, to: Phone | string) {
	const id = await from.says(text, { to })
	await client.receives(text)
	await confirms(id)
}

async function hears(phone: Phone, client: BaileysClient, text: string, to = pn(phone)) {
	await client.says(to, text)
	await phone.receives(text)
}

/** Who has which devices. To ask anew makes Baileys begin every session anew: none would go on. */
const devices = createCacheStore()

async function linked(): Promise<BaileysClient> {
	const { state, saveCreds } = await useMultiFileAuthState(directory)
	const client = new BaileysClient(sandbox, { auth: state, userDevicesCache: devices })
	await client.link(shop)
	client.socket.ev.on('creds.update', saveCreds)
	await saveCreds()
	return client
}

async function continued(): Promise<BaileysClient> {
	skipped = []
	const changes = await readBaileysAuth(directory, (file) => skipped.push(file))
	const auth = await openAuthState(memoryState(changes))
	const failed = (error: unknown) => assert.fail(String(error))
	return new BaileysClient(sandbox, {
		auth,
		userDevicesCache: devices,
		makeSignalRepository: signalRepository({
			store: auth.signal,
			lidOf: (phone) => auth.otherName(phone, 'phone'),
			failed,
		}),
	})
}

let late: Array<[text: string, deliver: () => void]>

before(async () => {
	directory = await mkdtemp(join(tmpdir(), 'baileys-auth-'))
	sandbox = await startSandbox()
	const person = (number: string, name: string, addressing?: 'lid') =>
		sandbox.phone(number, { name, ...(addressing && { addressing }) })
	shop = person('491700000001', 'Shop')
	ayse = person('905320000002', 'Ayşe')
	bora = person('905320000003', 'Bora', 'lid')
	cem = person('905320000004', 'Cem')
	derya = person('905320000005', 'Derya')
	group = ayse.createsGroup('Tea', [shop, bora])
	raw = await linked()

	for (const member of [ayse, bora])
		await writesTo(raw, `tea ${member.account.name}`, member, group)
	await Promise.all([ayse, bora].map((member) => hears(member, raw, 'tea for all', group)))

	// Enough turns of the conversation that old chains are dropped.
	for (let turn = 0; turn < 7; turn++)
		for (const phone of [ayse, bora]) {
			await writesTo(raw, `${phone.account.name} ${turn}`, phone, shop)
			await hears(phone, raw, `to ${phone.account.name} ${turn}`)
		}

	// Two messages of Ayşe's and one of Bora's to the group are overtaken by later ones.
	late = []
	const overtaken = async (id: string, text: string, from: Phone, to: Phone | string) => {
		late.push([text, holdsBack(shop, 1, (each) => each === id)])
		await from.says(text, { to, id })
	}
	await overtaken('LATE1', 'overtaken once', ayse, shop)
	await overtaken('LATE2', 'overtaken twice', ayse, shop)
	await writesTo(raw, 'overtakes', ayse, shop)
	await hears(ayse, raw, 'answer, so that the overtaken ones are of a chain that is closed')
	await writesTo(raw, 'next chain', ayse, shop)
	await overtaken('LATE3', 'overtaken in the group', bora, group)
	await writesTo(raw, 'overtakes in the group', bora, group)

	// One more is of a session that is replaced: what cannot be read is asked for again, in a new one.
	await overtaken('LATE4', 'of the session before', ayse, shop)
	sandbox.whatsapp.faults.garbleMessagesTo(shop.account.phone, 2)
	await writesTo(raw, 'of a new session', ayse, shop)
	await shop.receives('of a new session')
	await hears(ayse, raw, 'answer in the new session')

	// Derya wrote, and got no answer; Cem was written to, and has not seen it.
	const { phone: user } = derya.account
	await devices.set(user, [{ user, device: 0, server: 's.whatsapp.net' }])
	await writesTo(raw, 'anybody there?', derya, shop)
	firstToCem = holdsBack(cem, 0)
	await raw.says(pn(cem), 'first to Cem')
	await raw.end()

	await ayse.says('while nobody was there', { to: shop })
	await bora.says('while nobody was in the group', { to: group })
	stoppedAt = sandbox.whatsapp.log.last
	imported = await continued()
})
after(async () => {
	await imported.end()
	await sandbox.close()
	await rm(directory, { recursive: true, force: true })
})

test('every session of the directory is there, and the one that was open comes first', async () => {
	const { signal } = await openAuthState(memoryState(await readBaileysAuth(directory)))
	const files = (await readdir(directory)).filter((file) => file.startsWith('session-'))
	for (const file of files) {
		const { _sessions } = JSON.parse(await readFile(join(directory, file), 'utf8')) as Stored
		const stored = Object.entries(_sessions)
		const [open] = stored.find(([, { indexInfo }]) => indexInfo.closed === -1)!
		const sessions = signal.sessionsOf(file.slice('session-'.length, -'.json'.length))
		assert.equal(sessions.length, stored.length)
		assert.equal(sessions[0]!.baseKey, Buffer.from(open, 'base64').toString('hex'))
	}
	assert.ok(files.length >= 5)
	assert.deepEqual(skipped, [])
})

test('the device connects without being linked again, and gets what came in the meantime', async () => {
	const updates: unknown[] = []
	imported.events.on('connection', ({ qr }: { qr?: string }) => qr && updates.push(qr))
	const open = imported.isOpen()
	imported.connect()
	await open
	assert.deepEqual(updates, [])
	assert.equal(shop.account.devices.length, 2)
	await imported.receives('while nobody was there')
	await imported.receives('while nobody was in the group')
})

test('messages that others had overtaken before the import are read after it', async () => {
	for (const [text, deliver] of late) {
		deliver()
		await imported.receives(text)
	}
})

test('conversations go on in both directions', async () => {
	for (let turn = 0; turn < 10; turn++)
		for (const phone of [ayse, bora]) {
			await hears(phone, imported, `again to ${phone.account.name} ${turn}`)
			await writesTo(imported, `again ${phone.account.name} ${turn}`, phone, shop)
		}
})

test('the group goes on in both directions', async () => {
	for (let turn = 0; turn < 5; turn++) {
		await Promise.all([ayse, bora].map((member) => hears(member, imported, `tea ${turn}`, group)))
		for (const member of [ayse, bora])
			await writesTo(imported, `tea ${turn} ${member.account.name}`, member, group)
	}
})

test('a device that has not read the first message yet reads later ones, and that one too', async () => {
	await hears(cem, imported, 'second to Cem')
	firstToCem()
	await cem.receives('first to Cem')
	await writesTo(imported, 'hello from Cem', cem, shop)
	await hears(cem, imported, 'third to Cem')
})

test('a contact whose first message is unanswered gets an answer', async () => {
	await hears(derya, imported, 'yes')
	await writesTo(imported, 'good', derya, shop)
})

test('no message was requested again, and no new Signal session began', () => {
	const since = (fits: (stanza: BinaryNode) => boolean) =>
		sandbox.whatsapp.log.list(({ seq, stanza }) => seq > stoppedAt && fits(stanza))
	const retries = since(({ tag, attrs }) => tag === 'receipt' && attrs.type === 'retry')
	const refusals = since(({ tag, attrs }) => tag === 'ack' && attrs.error !== undefined)
	const keysAsked = since((stanza) => stanza.tag === 'iq' && childOf(stanza, 'key') !== undefined)
	assert.deepEqual([...retries, ...refusals, ...keysAsked], [])
})

test('keys keep their names, however Baileys escapes them in file names', async () => {
	const copy = await mkdtemp(join(tmpdir(), 'baileys-names-'))
	await cp(directory, copy, { recursive: true })
	const { state } = await useMultiFileAuthState(copy)
	const keyData = proto.Message.AppStateSyncKeyData.fromObject({ keyData: Buffer.from('key') })
	const keys: Partial<{ [T in keyof SignalDataTypeMap]: Record<string, SignalDataTypeMap[T]> }> = {
		'app-state-sync-key': { 'AA/+//8=': keyData },
		'app-state-sync-version': {
			critical_unblock_low: { version: 3, hash: Buffer.from([1]), indexValueMap: {} },
		},
		'sender-key-memory': { '49170-1234@g.us': { '1_1.0': true } },
		'lid-mapping': { 4917: '99', '99_reverse': '4917' },
		'device-list': { 4917: ['0', '3'] },
		'identity-key': { '99_1.0': Buffer.from('identity') },
		tctoken: {
			'99@lid': { token: Buffer.from('token'), timestamp: '1' },
			__index: { token: Buffer.from('[]') },
		},
	}
	await state.keys.set(keys)
	const senderKey = await readFile(
		join(
			copy,
			(await readdir(copy)).find((file) => /^sender-key-\d/.test(file))!,
		),
	)
	await writeFile(join(copy, 'sender-key-49170-1234@g.us--99_1--3.json'), senderKey)

	const changes = await readBaileysAuth(copy)
	const read = await openAuthState(memoryState(changes))
	for (const [type, values] of Object.entries(keys)) {
		const found = await read.keys.get(type as keyof SignalDataTypeMap, Object.keys(values))
		assert.deepEqual({ ...found }, values, type)
	}
	const name = { group: '49170-1234@g.us', address: '99_1.3' }
	assert.ok(read.signal.senderKey(name))
	await rm(copy, { recursive: true })
})

test('a sender key of an earlier Baileys, an array in its file, is the same sender key', async () => {
	const copy = await mkdtemp(join(tmpdir(), 'baileys-earlier-'))
	await cp(directory, copy, { recursive: true })
	const keys = async () =>
		(await readBaileysAuth(copy)).filter(({ collection }) => collection === 'sender-key')
	const before = await keys()
	for (const file of await readdir(copy)) {
		if (!/^sender-key-\d/.test(file)) continue
		const { data } = JSON.parse(await readFile(join(copy, file), 'utf8')) as { data: string }
		await writeFile(join(copy, file), Buffer.from(data, 'base64'))
	}
	assert.equal(before.length, 3)
	assert.deepEqual(await keys(), before)
	await rm(copy, { recursive: true })
})

test('a directory without a linked device is refused, and says why', async () => {
	const copy = await mkdtemp(join(tmpdir(), 'baileys-refused-'))
	const refused = (why: RegExp) =>
		assert.rejects(readBaileysAuth(copy), (error) => {
			assert.ok(error instanceof ImportError)
			assert.match(error.message, why)
			return true
		})
	await refused(/There is no .*creds\.json\. Give the directory/)
	const creds = await readFile(join(directory, 'creds.json'), 'utf8')
	for (const damaged of ['', '{}', 'null', creds.slice(0, 500)]) {
		await writeFile(join(copy, 'creds.json'), damaged)
		await refused(/creds\.json is damaged/)
	}
	const { me: _me, ...unlinked } = JSON.parse(creds) as AuthenticationCreds
	await writeFile(join(copy, 'creds.json'), JSON.stringify(unlinked))
	await refused(/never linked .* by its QR/)
	await rm(copy, { recursive: true })
})

test('a key that cannot be read is left out and named, as Baileys itself does without it', async () => {
	const copy = await mkdtemp(join(tmpdir(), 'baileys-torn-'))
	await cp(directory, copy, { recursive: true })
	const session = (await readdir(copy)).find((file) => file.startsWith('session-'))!
	await writeFile(join(copy, session), '{"_sessions":{"BQ')
	await writeFile(join(copy, 'pre-key-5.json'), '')
	const files: string[] = []
	const changes = await readBaileysAuth(copy, (file) => files.push(file))
	assert.deepEqual(files, ['pre-key-5.json', session])
	assert.ok(changes.some(({ collection }) => collection === 'session'))
	await rm(copy, { recursive: true })
})
