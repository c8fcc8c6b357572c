import { answer } from '../server/queries.ts'
import { proto } from '@whiskeysockets/baileys'
import { parseJid } from '../wire/jid.ts'
import { childOf, childrenOf, descend, node, uintBytes, type BinaryNode } from '../wire/node.ts'
import { lidOf } from '../server/jids.ts'
import { pnOf } from '../server/jids.ts'
import { type Party } from '../server/model.ts'
import { type KeyBundle } from '../server/model.ts'
import { bundleNode, readBundle } from '../server/key-bundles.ts'
import { type WhatsApp } from '../server/whatsapp.ts'
import { newStanzaId } from '../server/stanza.ts'
import { pad, unpad } from './padding.ts'
import { Signal, type SignalState } from './signal.ts'

/** Encrypts and decrypts for a phone, and asks the server for the keys and devices it needs. */
export class Encryption {
	readonly #whatsapp: WhatsApp
	readonly #party: Party
	readonly #signal: Signal

	constructor(whatsapp: WhatsApp, party: Party, state: SignalState) {
		this.#whatsapp = whatsapp
		this.#party = party
		this.#signal = new Signal(state)
	}

	/** Uploads one-time keys for first messages to this phone. */
	uploadPreKeys(count: number): void {
		const { oneTime, ...bundle } = this.#signal.newBundle(count)
		const [registration, type, identity, skey] = bundleNode({ ...bundle, oneTime: [] })
		const list = oneTime.map(({ id, key }) =>
			node('key', {}, [node('id', {}, uintBytes(id, 3)), node('value', {}, key)]),
		)
		this.#ask('set', 'encrypt', [registration!, type!, identity!, node('list', {}, list), skey!])
	}

	/** A copy of the message for each of these devices, `<to><enc/></to>`. */
	async seal(jids: string[], message: proto.IMessage): Promise<BinaryNode[]> {
		const plain = proto.Message.encode(message).finish()
		const copies: BinaryNode[] = []
		for (const jid of jids) copies.push(node('to', { jid }, [await this.#seal(jid, plain)]))
		return copies
	}

	/** The message once more for one device, in a new session: the answer to its retry request. */
	async sealAgain(retry: BinaryNode, count: number, message: proto.IMessage): Promise<BinaryNode> {
		const jid = retry.attrs.participant ?? retry.attrs.from ?? ''
		const address = this.#address(jid)
		await this.#signal.startSession(address, bundleIn(retry) ?? this.#bundleOf(jid))
		return this.#seal(jid, proto.Message.encode(message).finish(), { count })
	}

	/**
	 * Seals a message for a group: `<enc type="skmsg">`, and for each device of `newcomers` the key to it.
	 * @returns the children of the message stanza
	 */
	async sealForGroup(
		group: string,
		newcomers: string[],
		message: proto.IMessage,
	): Promise<BinaryNode[]> {
		const plain = pad(proto.Message.encode(message).finish())
		const own = this.#ownAddress
		const { body, distribution } = await this.#signal.encryptForGroup(group, own, plain)
		const senderKeyDistributionMessage = {
			groupId: group,
			axolotlSenderKeyDistributionMessage: distribution,
		}
		const keys = await this.seal(newcomers, { senderKeyDistributionMessage })
		return [node('participants', {}, keys), node('enc', { v: 2, type: 'skmsg' }, body)]
	}

	/** Replaces the sender key of a group: holders of the old key cannot read later messages. */
	changeGroupKey(group: string): void {
		this.#signal.forgetSenderKey(group, this.#ownAddress)
	}

	/**
	 * Opens a message; in a group one part may bring the sender's key, and another one the message.
	 * @throws libsignal's error when it cannot be decrypted
	 */
	async open(stanza: BinaryNode): Promise<proto.IMessage> {
		const { from = '', participant } = stanza.attrs
		const sender = this.#address(participant ?? from)
		let message: proto.IMessage | undefined
		for (const { attrs, content } of childrenOf(stanza, 'enc')) {
			const body = content as Uint8Array
			const type = attrs.type as 'pkmsg' | 'msg' | 'skmsg'
			const padded =
				type === 'skmsg'
					? await this.#signal.decryptFromGroup(from, sender, body)
					: await this.#signal.decrypt(sender, { type, body })
			const part = proto.Message.decode(unpad(padded))
			const key = part.senderKeyDistributionMessage
			if (key?.groupId && key.axolotlSenderKeyDistributionMessage)
				await this.#signal.learnSenderKey(
					key.groupId,
					sender,
					key.axolotlSenderKeyDistributionMessage,
				)
			message = message ? { ...message, ...withoutKey(part) } : part
		}
		if (!message) throw new Error('there is no <enc> in it')
		return message
	}

	/** `<registration/>`, and from the second time on `<keys>`: the content of a retry request. */
	keysForRetry(count: number): BinaryNode[] {
		const [registration, ...keys] = bundleNode(this.#signal.newBundle(1))
		return count > 1 ? [registration!, node('keys', {}, keys)] : [registration!]
	}

	/** All devices of an account but this phone. */
	devicesOf(jid: string): string[] {
		const query = node('query', {}, [node('devices', { version: 2 }), node('lid')])
		const usync = node('usync', {}, [query, node('list', {}, [node('user', { jid })])])
		const answer = this.#ask('get', 'usync', [usync])
		const user = descend(answer, 'usync', 'list', 'user')
		const devices = childrenOf(descend(user, 'devices', 'device-list'), 'device')
		const { user: name, server } = parseJid(jid)
		const jids = devices.map(({ attrs: { id } }) =>
			id === '0' ? `${name}@${server}` : `${name}:${id}@${server}`,
		)
		const own = [pnOf(this.#party.account), lidOf(this.#party.account)]
		return jids.filter((device) => !own.includes(device))
	}

	async #seal(jid: string, plain: Uint8Array, attrs = {}): Promise<BinaryNode> {
		const address = this.#address(jid)
		if (!this.#signal.hasSession(address))
			await this.#signal.startSession(address, this.#bundleOf(jid))
		const { type, body } = await this.#signal.encrypt(address, pad(plain))
		return node('enc', { v: 2, type, ...attrs }, body)
	}

	#bundleOf(jid: string): KeyBundle {
		const result = this.#ask('get', 'encrypt', [node('key', {}, [node('user', { jid })])])
		const user = descend(result, 'list', 'user')
		if (!user || childOf(user, 'error')) throw new Error(`${jid} has no keys`)
		return withKeysListed(childrenOf(user))
	}

	#ask(type: 'get' | 'set', xmlns: string, content: BinaryNode[]): BinaryNode {
		return answer(
			this.#whatsapp,
			this.#party,
			node('iq', { id: newStanzaId(), type, xmlns }, content),
		)
	}

	get #ownAddress(): string {
		return `${this.#party.account.lid}.0`
	}

	/** Sessions are with LIDs, whichever form the wire shows. */
	#address(jid: string): string {
		const account = this.#whatsapp.directory.account(jid)
		if (!account) throw new Error(`${jid} is not on WhatsApp`)
		return `${account.lid}.${parseJid(jid).device}`
	}
}

/** Answers and retry requests hold their `<key>` bare, uploads in a `<list>`. */
const withKeysListed = (parts: BinaryNode[]) =>
	readBundle(
		node('keys', {}, [
			...parts,
			node(
				'list',
				{},
				parts.filter(({ tag }) => tag === 'key'),
			),
		]),
	)

function bundleIn(retry: BinaryNode): KeyBundle | undefined {
	const registration = childOf(retry, 'registration')
	const keys = childOf(retry, 'keys')
	return keys && registration && withKeysListed([registration, ...childrenOf(keys)])
}

/** Only own fields: decoded messages have every field in their prototype, mostly empty. */
const withoutKey = ({ senderKeyDistributionMessage: _, ...said }: proto.IMessage) => said
