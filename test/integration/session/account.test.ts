import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { useMultiFileAuthState } from '@whiskeysockets/baileys'
import { readBaileysAuth } from '../../../gateway/src/session/import-baileys/index.ts'
import type { Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import type { Storage } from '../../../gateway/src/storage/driver.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import {
	openGateway,
	openSandbox,
	temporaryDirectory,
	type TestGateway,
} from '../../support/gateway/gateway.ts'

const MAIN = '/api/v1/sessions/main'
const OWNER = '491700000001'
const OTHER = '491700000002'

/** A storage that is slow to write what is known of the sessions. */
const slowly = (storage: Storage): Storage => ({
	...storage,
	async document(name, initial, shape) {
		const document = await storage.document(name, initial, shape)
		if (name !== 'sessions/main') return document
		return Object.create(document, {
			update: {
				value: async (change: Parameters<typeof document.update>[0]) => {
					await sleep(50)
					return document.update(change)
				},
			},
		}) as typeof document
	},
})

type Shown = { status: string; me: { phone: string | null } | null }
const pairOf = ({ status, me }: Shown) => `${status} ${me?.phone ?? 'nobody'}`

/** Notes every status with its account that `GET` would have shown, however short. */
function watchViews({ sessions }: TestGateway) {
	const seen = new Set<string>()
	let isOver = false
	const look = () => {
		const session = sessions.find('main')
		if (session) seen.add(pairOf(session.view()))
		if (!isOver) setImmediate(look)
	}
	look()
	return () => {
		isOver = true
		look()
		return seen
	}
}

async function eventsOf(gateway: TestGateway): Promise<string[]> {
	const { body } = await gateway.request('GET', `${MAIN}/events?limit=1000`)
	const events: { type: string; data: Shown }[] = body.events
	return events.filter(({ type }) => type === 'session.status').map(({ data }) => pairOf(data))
}

type World = { gateway: TestGateway; sandbox: Sandbox; t: TestContext }

async function scan({ gateway, sandbox }: World, phone: string) {
	const { body } = await gateway.request('GET', `${MAIN}/qr`)
	sandbox.phone(phone).scans(body.qr)
	await gateway.becomes('main', 'open')
}

async function linked(world: World) {
	await world.gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	await scan(world, OWNER)
}

const opened = [`connecting ${OWNER}`, `open ${OWNER}`]
const linking = ['linking nobody', 'connecting nobody']
const whenLinked = [...linking, `open ${OWNER}`]

/** The gateway after a restart, before it connects. */
async function reopened({ gateway, sandbox, t }: World): Promise<TestGateway> {
	await gateway.stop()
	return openGateway(t, { dataDir: gateway.dataDir, sandbox, through: slowly })
}

async function start({ gateway }: World) {
	gateway.start()
	await gateway.becomes('main', 'open')
}

/** What another Baileys program keeps of a device that is linked to the owner. */
async function deviceOfBaileys({ sandbox, t }: World) {
	const directory = await temporaryDirectory(t)
	const { state, saveCreds } = await useMultiFileAuthState(directory)
	const client = new BaileysClient(sandbox, { auth: state })
	const qr = await client.connect().qr()
	const open = client.isOpen()
	sandbox.phone(OWNER).scans(qr)
	await open
	await saveCreds()
	await client.end()
	return readBaileysAuth(directory, () => {})
}

type Case = {
	name: string
	/** What comes before it, and perhaps the gateway after it. */
	before?(world: World): Promise<TestGateway | void>
	act(world: World): Promise<void>
	/** The statuses, each with its account, in the order of the events. */
	events: string[]
	/** What may be seen before the first of them. */
	first: string
}

const cases: Case[] = [
	{
		name: 'is linked by QR',
		act: linked,
		events: whenLinked,
		first: 'created nobody',
	},
	{
		name: 'is linked by a pairing code',
		async act({ gateway, sandbox }) {
			const owner = sandbox.phone(OWNER)
			await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
			const { body } = await gateway.request('POST', `${MAIN}/pair`, { phone_number: OWNER })
			await owner.entersCode(body.code.replace('-', ''))
			await gateway.becomes('main', 'open')
		},
		events: whenLinked,
		first: 'created nobody',
	},
	{
		name: 'was imported',
		async before(world) {
			const changes = await deviceOfBaileys(world)
			await world.gateway.sessions.adopt('main', changes)
			return reopened(world)
		},
		act: start,
		events: ['connecting nobody', `open ${OWNER}`],
		first: 'created nobody',
	},
	{
		name: 'comes back after a restart',
		async before(world) {
			await linked(world)
			return reopened(world)
		},
		act: start,
		events: opened,
		first: `closed ${OWNER}`,
	},
	{
		name: 'loses its connection',
		before: linked,
		async act({ gateway, sandbox }) {
			sandbox.whatsapp.drops(sandbox.phone(OWNER).account)
			await gateway.becomes('main', 'connecting')
			await gateway.becomes('main', 'open')
		},
		events: opened,
		first: `open ${OWNER}`,
	},
	{
		name: 'is disconnected and connected',
		before: linked,
		async act({ gateway }) {
			await gateway.request('POST', `${MAIN}/disconnect`)
			await gateway.request('POST', `${MAIN}/connect`)
			await gateway.becomes('main', 'open')
		},
		events: [`closed ${OWNER}`, ...opened],
		first: `open ${OWNER}`,
	},
	{
		name: 'is logged out',
		before: linked,
		act: async ({ gateway }) => void (await gateway.request('POST', `${MAIN}/logout`)),
		events: ['logged_out nobody'],
		first: `open ${OWNER}`,
	},
	{
		name: 'is unlinked on the phone',
		before: linked,
		async act({ gateway, sandbox }) {
			sandbox.phone(OWNER).unlinks()
			await gateway.becomes('main', 'logged_out')
		},
		events: ['logged_out nobody'],
		first: `open ${OWNER}`,
	},
	{
		name: 'is linked again to another number',
		before: linked,
		async act(world) {
			await world.gateway.request('POST', `${MAIN}/logout`)
			await scan(world, OTHER)
		},
		events: ['logged_out nobody', ...linking, `open ${OTHER}`],
		first: `open ${OWNER}`,
	},
]

for (const { name, before, act, events, first } of cases) {
	test(`status and account change together when a session ${name}`, async (t) => {
		const sandbox = await openSandbox(t)
		sandbox.phone(OWNER)
		sandbox.phone(OTHER)
		const world = { gateway: await openGateway(t, { sandbox, through: slowly }), sandbox, t }
		world.gateway = (await before?.(world)) ?? world.gateway
		const earlier = before ? await eventsOf(world.gateway) : []
		const seen = watchViews(world.gateway)
		await act(world)
		assert.deepEqual(seen(), new Set([first, ...events]))
		const all = await eventsOf(world.gateway)
		assert.deepEqual(all.slice(earlier.length), events)
	})
}
