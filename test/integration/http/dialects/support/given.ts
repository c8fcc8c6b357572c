import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { Phone } from '../../../../../gateway/src/sandbox/index.ts'
import {
	ADMIN_KEY,
	atEnd,
	CONVERTING_S,
	linkedGateway,
	temporaryDirectory,
} from '../../../../support/gateway/gateway.ts'
import { clip, h264, make, plain, tone } from '../../../../support/media/fixtures.ts'
import { openServer } from '../../../../support/media/server.ts'
import { until } from '../../../../support/wait.ts'
import { misses, type Expected } from './expectation.ts'

/** A request of another system's clients, with what must come back; the head of each file has the notation. */
export type GivenRequest = {
	name: string
	method: string
	path: string
	headers: Record<string, string>
	body?: unknown
	/** Where placeholders of later requests are in the answer. */
	capture?: Record<string, string>
	needs?: string
	expect: Expected
}

/** Placeholder → value. */
type Values = Record<string, string>

const directory = new URL('.', import.meta.url)

export async function requestsOf(file: string): Promise<GivenRequest[]> {
	return JSON.parse(await readFile(new URL(file, directory), 'utf8')).requests
}

/** A gateway that listens, its session `main` linked to a business, with all that the requests name. */
export async function openGivenWorld(t: TestContext) {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t, {
		business: true,
		fetchAllow: ['127.0.0.1'],
		sendTimeout: CONVERTING_S,
	})
	const bob = sandbox.phone('5531987654321', { name: 'Bob' })
	const origin = await listen(t, gateway.server())
	const group = owner.createsGroup('Given', [ada])
	const others = bob.createsGroup('Of others', [ada])
	const inviteCode = sandbox.whatsapp.directory.groups.get(others)!.inviteCode!
	const { body: token } = await gateway.request('POST', '/api/v1/keys', {
		name: 'given',
		sessions: ['main'],
	})
	const control = async (path: string, body: object) =>
		(
			await sandbox.control.request(path, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			})
		).json() as Promise<any>
	const channel = await control('/channels', {
		name: 'News',
		owner: bob.account.phone,
		followers: [owner.account.phone],
	})
	const said: string = await ada.sends({ conversation: 'hello' }, { to: owner })
	await until('the message has come', async () => {
		const { status } = await gateway.request('GET', `/api/v1/sessions/main/messages/${said}`)
		return status === 200
	})
	const files = await samples(await temporaryDirectory(t))
	const server = await openServer(t, (_, response) => response.end(files.png))
	const values: Values = {
		globalKey: ADMIN_KEY,
		adminKey: ADMIN_KEY,
		instanceToken: token.key,
		instance: 'main',
		session: 'main',
		otherInstance: 'other',
		newInstance: 'given-new',
		newSession: 'given-new',
		number: ada.account.phone,
		number2: bob.account.phone,
		notOnWhatsApp: '491799999999',
		group,
		groupDigits: group.replace('@g.us', ''),
		inviteCode,
		lid: ada.account.lid,
		inMessageId: `false_${ada.account.phone}@c.us_${said}`,
		otherChannel: channel.id,
		pngBase64: files.png.toString('base64'),
		wavBase64: files.wav.toString('base64'),
		mp4Base64: files.mp4.toString('base64'),
		pngUrl: `${server.url}/a.png`,
		notJson: 'not json',
	}
	return { gateway, origin, values, readers: [ada, bob] }
}

export type GivenWorld = Awaited<ReturnType<typeof openGivenWorld>>

/** Sends a request as it is given, by the real HTTP door. @returns what is not as expected; [] if all is */
export async function run(
	{ origin, values, readers }: GivenWorld,
	request: GivenRequest,
): Promise<string[]> {
	const body = filled(request.body, values)
	const path = filled(request.path, values) as string
	const target = new URL(path, origin)
	const answer = await fetch(`${origin}${target.pathname}${target.search}`, {
		method: request.method,
		headers: filled(request.headers, values) as Record<string, string>,
		...(body !== undefined && {
			body: typeof body === 'string' ? body : JSON.stringify(body),
			duplex: 'half',
		}),
	})
	const { status, headers } = answer
	const text = await answer.text()
	const json = parsed(text)
	const expect = filled(request.expect, values) as Expected
	const missed = misses(expect, { status, type: headers.get('content-type') ?? '', json })
	if (missed.length) return [...missed, `${status} ${text.slice(0, 400)}`]
	for (const [name, at] of Object.entries(request.capture ?? {}))
		values[name] ??= String(at.split('.').reduce((value: any, step) => value?.[step], json))
	await seenBy(readers, values, json)
	return []
}

/** Waits until a person has decrypted what an answer says was sent to them. */
async function seenBy(readers: Phone[], { group }: Values, answer: any): Promise<void> {
	const { id, remoteJid, fromMe } = answer?.key ?? {}
	if (!id || fromMe !== true || !answer.message || answer.message.protocolMessage) return
	const reader = readers.find(
		({ account }) => remoteJid === group || remoteJid?.startsWith(account.phone),
	)
	if (reader) await reader.receives((received) => received.id === id)
}

/** What has the text `{{name}}` is given the value. A placeholder that has none stays as it is. */
function filled(given: unknown, values: Values): unknown {
	if (given === undefined) return undefined
	const text = JSON.stringify(given).replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) =>
		values[name] === undefined ? whole : JSON.stringify(values[name]).slice(1, -1),
	)
	return JSON.parse(text)
}

function parsed(text: string): unknown {
	if (!text) return undefined
	try {
		return JSON.parse(text)
	} catch {
		return text
	}
}

async function listen(t: TestContext, server: import('node:http').Server): Promise<string> {
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, async () => {
		server.closeAllConnections()
		await new Promise((closed) => server.close(closed))
	})
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function samples(directory: string) {
	const [mp4, wav] = await Promise.all([
		make(directory, 'mp4', ...clip(1), ...h264),
		make(directory, 'wav', ...tone(1)),
	])
	return {
		png: await plain(64, 64).png().toBuffer(),
		mp4: await readFile(mp4),
		wav: await readFile(wav),
	}
}

export type GivenOptions = {
	/** Makes what the requests need besides. */
	prepare?: (world: GivenWorld) => Promise<unknown>
}

/** Fails with every request that did not answer as given. */
export async function assertAllAnswer(
	t: TestContext,
	file: string,
	{ prepare }: GivenOptions = {},
): Promise<void> {
	const world = await openGivenWorld(t)
	await prepare?.(world)
	const requests = await requestsOf(file)
	for (const request of requests)
		await t.test(request.name, async () => {
			assert.deepEqual(await run(world, request), [])
		})
}
