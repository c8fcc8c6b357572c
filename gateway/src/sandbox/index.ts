import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createHttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { WebSocketServer } from 'ws'
import { certify } from './wire/certificate.ts'
import { generateKeyPair } from './wire/curve.ts'
import { issueFor } from './wire/x509.ts'
import { serveClient } from './server/connection.ts'
import { servesVersionPage } from './server/version-pages.ts'
import { listenTlsOrPlain } from './server/tls-or-plain.ts'
import { MediaHost } from './server/media-host.ts'
import { WhatsApp } from './server/whatsapp.ts'
import { newPhoneState } from './phone/state.ts'
import { Phone } from './phone/phone.ts'
import { LinkingError } from './phone/linking.ts'
import { controlRoutes } from './control/index.ts'
import { emptyState, readState, writeState } from './state.ts'
import type { Sandbox, SandboxOptions } from './sandbox.ts'

export type { Received } from './phone/received.ts'
export type { Phone } from './phone/phone.ts'
export type { WhatsApp } from './server/whatsapp.ts'

const SAVE_DELAY_MS = 200

/** Starts WhatsApp's side of the wire on a port of its own. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, host = '127.0.0.1', dataDir, servesControl = false } = options
	const file = dataDir && join(dataDir, 'sandbox.json')
	const state = file ? readState(file) : emptyState()
	const mediaDir = dataDir ? join(dataDir, 'media') : mkdtempSync(join(tmpdir(), 'sandbox-media-'))
	const whatsapp = new WhatsApp(new MediaHost(mediaDir, state.mediaAuthority.certificate))
	const phones = new Map<string, Phone>()
	const keys = generateKeyPair()
	const identity = { keys, certificate: certify(state.root, keys) }
	const http = new Hono()
	const serve = getRequestListener(http.fetch)
	const plain = createHttpServer((request, response) => {
		if (!servesVersionPage(whatsapp.versions, request, response)) void serve(request, response)
	})
	const { certificate: cert, key } = issueFor(
		[host, 'localhost', '127.0.0.1'],
		state.mediaAuthority,
	)
	// Baileys does not try again when a connection that it keeps is closed as it writes to it.
	const tls = createTlsServer({ cert, key, keepAliveTimeout: 10 * 60_000 }, whatsapp.media.serve)
	const sockets = new WebSocketServer({
		server: plain,
		verifyClient: (_request, decide) => {
			const refusal = whatsapp.faults.upgradeRefusal()
			decide(refusal === undefined, refusal)
		},
	})
	sockets.on('connection', (socket) => {
		if (whatsapp.faults.down) socket.terminate()
		else serveClient(socket, identity, whatsapp)
	})
	const listener = await listenTlsOrPlain({ plain, tls }, { port, host })
	whatsapp.media.hostname = `${host}:${listener.port}`

	// Only now: a waiting message may have a file, which the phone downloads from the media host.
	for (const account of state.accounts) {
		whatsapp.directory.add(account)
		phones.set(account.phone, new Phone(whatsapp, account, state.phones[account.phone]!))
	}

	for (const group of state.groups) whatsapp.directory.groups.set(group.id, group)
	for (const channel of state.channels) whatsapp.directory.channels.set(channel.id, channel)

	let timer: NodeJS.Timeout | undefined
	const save = () => {
		clearTimeout(timer)
		timer = undefined
		state.accounts = [...whatsapp.directory.accounts.values()]
		state.groups = [...whatsapp.directory.groups.values()]
		state.channels = [...whatsapp.directory.channels.values()]
		if (file) writeState(file, state)
	}
	if (file) whatsapp.events.on('change', () => (timer ??= setTimeout(save, SAVE_DELAY_MS)))
	// Without a listener, an invalid frame of a client would end the process.
	whatsapp.events.on('trouble', () => undefined)

	const sandbox: Sandbox = {
		whatsapp,
		phones,
		phone(number, { name = number, addressing = 'pn' } = {}) {
			const known = phones.get(number)
			if (known) return known
			const account = whatsapp.directory.open(number, name, addressing)
			const phoneState = newPhoneState()
			state.phones[number] = phoneState
			const phone = new Phone(whatsapp, account, phoneState)
			phones.set(number, phone)
			whatsapp.events.emit('change')
			return phone
		},
		wsUrl: `ws://${host}:${listener.port}/ws/chat`,
		noiseRoot: Buffer.from(state.root.public).toString('hex'),
		mediaCa: whatsapp.media.ca,
		qrOf: options.qrOf ?? refuseSessions,
		ffmpeg: options.ffmpeg ?? 'ffmpeg',
		sessionsOf: options.sessionsOf ?? (() => []),
		control: new Hono(),
		async reset() {
			for (const phone of phones.values()) phone.unlinks()
			whatsapp.endFaults(() => true)
			await Promise.all([...phones.values()].map((phone) => phone.settled()))
			for (const phone of phones.values()) phone.goesOffline()
			phones.clear()
			whatsapp.directory.clear()
			whatsapp.versions.reset()
			state.phones = {}
			whatsapp.events.emit('reset')
			whatsapp.events.emit('change')
		},
		async close() {
			whatsapp.events.emit('close')
			whatsapp.close()
			await Promise.all([...phones.values()].map((phone) => phone.settled()))
			await listener.close()
			save()
			if (!dataDir) await rm(mediaDir, { recursive: true, force: true })
		},
	}
	sandbox.control = controlRoutes(sandbox)
	if (servesControl) http.route('/sandbox', sandbox.control)
	return sandbox
}

async function refuseSessions(): Promise<never> {
	throw new LinkingError('This sandbox has no sessions: give `qr` instead of `session`.')
}
