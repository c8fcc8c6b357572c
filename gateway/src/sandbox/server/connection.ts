import { setTimeout as delay } from 'node:timers/promises'
import { decodeBinaryNode, encodeBinaryNode, type proto } from '@whiskeysockets/baileys'
import type { WebSocket } from 'ws'
import type { KeyPair } from '../wire/curve.ts'
import { frameReader, withLength } from '../wire/frames.ts'
import { node, type BinaryNode } from '../wire/node.ts'
import { answerHandshake, type Transport } from '../wire/noise.ts'
import { versionOf } from './client-versions.ts'
import { freezable } from './freezable.ts'
import { lidOf } from './jids.ts'
import { type Party } from './model.ts'
import { accept } from './router.ts'
import { startRegistration } from './pairing.ts'
import { type Registration } from './model.ts'
import { type WhatsApp } from './whatsapp.ts'
import { type Link } from './model.ts'
import { now } from './stanza.ts'

/** The four bytes a client starts with: WA, protocol 6, dictionary 3. */
const INTRO = Buffer.from('WA\x06\x03', 'latin1')

/**
 * WhatsApp is far away, and clients rely on it: Baileys 6.7 derives its keys in another thread after it has sent its last
 * handshake message, and loses what comes before they are there. Nothing that it sends tells when they are.
 */
const LATENCY_MS = 60
const MAX_LATENCY_MS = 1_000

/** @param took how long the client took for the step before, which is similar work: longer where the machine is busy */
const latencyFor = (took: number) => Math.min(Math.max(LATENCY_MS, 5 * took), MAX_LATENCY_MS)

export type ServerIdentity = { keys: KeyPair; certificate: Uint8Array }

/** Speaks with one client over its WebSocket, from the handshake to the end. */
export function serveClient(socket: WebSocket, identity: ServerIdentity, whatsapp: WhatsApp): void {
	const line = freezable(socket)
	let handshake: ReturnType<typeof answerHandshake> | undefined
	let transport: Transport | undefined
	let party: Party | undefined
	let registration: Registration | undefined
	let greetedAt: number | undefined
	// Decoding may be asynchronous (compressed stanzas); the order must hold all the same.
	let inbox = Promise.resolve()

	const record = (direction: 'in' | 'out', stanza: BinaryNode) =>
		whatsapp.log.add({
			direction,
			account: party?.account.phone,
			device: party?.device.id,
			stanza,
		})

	const link: Link = {
		send: (stanza) =>
			line.pass(() => {
				if (!transport || socket.readyState !== socket.OPEN) return
				record('out', stanza)
				socket.send(withLength(transport.seal(encodeBinaryNode(stanza))))
			}),
		close(farewell) {
			if (farewell) link.send(farewell)
			line.pass(() => socket.close())
		},
		cut: () => socket.terminate(),
		freeze: line.freeze,
		thaw: line.thaw,
	}

	function greet(body: Buffer) {
		if (!handshake || greetedAt !== undefined) return finish(body)
		greetedAt = performance.now()
		socket.send(withLength(handshake.hello(body)))
	}

	function finish(body: Buffer) {
		if (!handshake) return
		const { clientStatic, payload, transport: opened } = handshake.finish(body)
		transport = opened
		inbox = delay(latencyFor(performance.now() - (greetedAt ?? 0)), undefined, { ref: false })
			.then(() => start(clientStatic, payload))
			.catch(giveUp)
	}

	function start(clientStatic: Uint8Array, payload: proto.IClientPayload) {
		if (socket.readyState !== socket.OPEN) return
		link.version = versionOf(payload)
		if (whatsapp.versions.refuses(link.version))
			return link.close(node('failure', { reason: 405, location: 'sandbox' }))
		if (payload.username) login(clientStatic, payload)
		else registration = startRegistration(whatsapp, link, clientStatic, payload)
	}

	function login(clientStatic: Uint8Array, { username, device }: proto.IClientPayload) {
		const claimed = whatsapp.directory.party(`${username}:${device ?? 0}@s.whatsapp.net`)
		const noiseKey = claimed?.device.noiseKey
		if (!claimed || !noiseKey || !Buffer.from(noiseKey).equals(clientStatic))
			return link.close(node('failure', { reason: 401, location: 'sandbox' }))
		const { account, device: companion } = claimed
		if (!companion.announced && whatsapp.faults.refusesLink(account.phone)) {
			whatsapp.unlink(account, companion.id)
			return link.close(node('failure', { reason: 401, location: 'sandbox' }))
		}
		party = claimed
		whatsapp.attach(party, link)
		link.send(
			node('success', {
				t: now(),
				lid: lidOf(party.account, party.device.id),
				display_name: party.account.name,
			}),
		)
	}

	async function take(sealed: Buffer) {
		const stanza = await decodeBinaryNode(sealed)
		record('in', stanza)
		if (party) accept(whatsapp, party, stanza)
		else registration?.accept(stanza)
	}

	function onFrame(body: Buffer) {
		if (!transport) return greet(body)
		const opened = transport.open(body)
		inbox = inbox.then(() => take(opened)).catch(giveUp)
	}

	/** Cuts a connection whose frames cannot be understood. */
	function giveUp(error: unknown) {
		whatsapp.events.emit('trouble', error)
		link.cut()
	}

	const read = frameReader((intro) => {
		if (!intro.equals(INTRO)) throw new Error(`unknown stream header ${intro.toString('hex')}`)
		handshake = answerHandshake(intro, identity.keys, identity.certificate)
	}, onFrame)

	socket.on('message', (data: Buffer) => {
		try {
			read(data)
		} catch (error) {
			giveUp(error)
		}
	})
	socket.on('error', (error) => whatsapp.events.emit('trouble', error))
	socket.on('close', () => {
		line.end()
		registration?.abandon()
		if (!party) return
		// Nobody is online without a connection.
		if (whatsapp.online.has(party.account))
			accept(whatsapp, party, node('presence', { type: 'unavailable' }))
		whatsapp.detach(party, link)
	})
}
