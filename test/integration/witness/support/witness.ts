import { createHash } from 'node:crypto'
import type { Frame } from '../../../../gateway/src/sandbox/server/frame-log.ts'
import { childOf, childrenOf, type BinaryNode } from '../../../../gateway/src/sandbox/wire/node.ts'
import type { Change } from '../../../../gateway/src/storage/driver.ts'
import { chainsOf, senderChainsOf, stepOf } from './ratchet.ts'
import type { Commit } from '../../../support/storage.ts'

/** Receipts that say "delivered"; the second one is of a client that nobody looks at. */
const deliveries = new Set([undefined, 'inactive'])

type Encrypted = { type: string; body: Uint8Array; hash: string }

const encryptedIn = (stanza: BinaryNode): Encrypted[] =>
	childrenOf(stanza, 'enc').map(({ attrs, content }) => {
		const body = content as Uint8Array
		const hash = createHash('sha256').update(body).digest('base64url')
		return { type: attrs.type!, body, hash }
	})

/**
 * Compares what a gateway commits with what WhatsApp's server sees, at the moment when it sees it: both are
 * told in one process, so that one comes before the other. Nothing of it is the gateway's own code.
 * @param account the phone number that the gateway is linked to
 */
export function createWitness(account: string) {
	/** The first commit that holds something. */
	const holders = new Map<string, Commit>()
	const delivered = new Map<string, { group: string; encrypted: Encrypted[] }>()
	const violations: string[] = []
	const counted = { sent: 0, ciphertexts: 0, received: 0, retries: 0 }

	function hold(what: string, commit: Commit) {
		if (!holders.has(what)) holders.set(what, commit)
	}

	function noteChange({ collection, id, value }: Change, commit: Commit) {
		if (value === null) return
		const [kind] = collection.split('/')
		if (kind === 'message') hold(`message ${id}`, commit)
		if (kind === 'received') hold(`plaintext ${id}`, commit)
		if (kind === 'event') {
			const { type, data } = value as { type: string; data: { message_id: string } }
			if (type === 'message.received') hold(`event ${data.message_id}`, commit)
		}
		if (kind === 'session') {
			const { sends, reads } = chainsOf(Buffer.from((value as { record: string }).record, 'base64'))
			for (const step of sends) hold(`sending step ${step}`, commit)
			for (const step of reads) hold(`reading step ${step}`, commit)
		}
		if (kind === 'sender-key') {
			const [group] = id.split('::')
			for (const step of senderChainsOf(Buffer.from(value as string, 'base64')))
				hold(`step in ${group} ${step}`, commit)
		}
	}

	/** The commit that holds something; notes a violation unless it is durable now. */
	function durable(what: string, before: string): Commit | undefined {
		const commit = holders.get(what)
		if (!commit) violations.push(`${before}: no commit holds ${what}`)
		else if (!commit.durable) violations.push(`${before}: ${what} is not durable`)
		return commit
	}

	function checkSent(stanza: BinaryNode) {
		const { id, to = '' } = stanza.attrs
		const before = `message ${id} left`
		durable(`message ${id}`, before)
		const copies = childrenOf(childOf(stanza, 'participants'), 'to')
		for (const { type, body } of [stanza, ...copies].flatMap(encryptedIn)) {
			const step = stepOf(type, body)
			durable(type === 'skmsg' ? `step in ${to} ${step}` : `sending step ${step}`, before)
			counted.ciphertexts++
		}
		counted.sent++
	}

	function checkReceived(id: string) {
		const stanza = delivered.get(id)
		if (!stanza) return
		const before = `${id} was acknowledged`
		const event = durable(`event ${id}`, before)
		const parts = stanza.encrypted.map(({ type, body, hash }) => {
			const step = stepOf(type, body)
			const where = type === 'skmsg' ? `step in ${stanza.group} ${step}` : `reading step ${step}`
			const ratchet = durable(where, before)
			if (durable(`plaintext ${hash}`, before) !== ratchet)
				violations.push(`${before}: its plaintext is in another commit than its ratchet step`)
			return ratchet
		})
		// In a group the first part may bring the key for the last one, which is the message.
		if (parts.at(-1) !== event || durable(`message ${id}`, before) !== event)
			violations.push(`${before}: its step, its event and itself are not in one commit`)
		counted.received++
	}

	return {
		violations,
		counted,
		saw(changes: readonly Change[], commit: Commit) {
			for (const change of changes) noteChange(change, commit)
		},
		/** A frame that the server sees or sends. */
		passes({ direction, stanza, ...frame }: Frame) {
			if (frame.account !== account) return
			const { tag, attrs } = stanza
			const { id = '', from = '' } = attrs
			if (tag === 'receipt' && attrs.type === 'retry') counted.retries++
			if (tag === 'ack' && attrs.error) violations.push(`${id} was refused with ${attrs.error}`)
			if (direction === 'out' && tag === 'message' && attrs.category !== 'peer')
				delivered.set(id, { group: from, encrypted: encryptedIn(stanza) })
			if (direction === 'in' && tag === 'message') checkSent(stanza)
			if (direction === 'in' && tag === 'receipt' && deliveries.has(attrs.type)) checkReceived(id)
		},
	}
}
