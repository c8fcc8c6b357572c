import { randomBytes } from 'node:crypto'
import { SERVER_JID } from '../wire/jid.ts'
import { RELYING_PARTY, verifyAssertion, type AssertionJson } from '../wire/authenticator.ts'
import { childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { Passkey, PasskeyPhone } from './model.ts'
import { QueryError } from './query.ts'
import { newStanzaId, now } from './stanza.ts'

/** How long a challenge can be answered, in milliseconds. */
const CHALLENGE_MS = 600_000

export type PasskeyCeremonyOptions = {
	passkey: Passkey
	phone: PasskeyPhone
	send(stanza: BinaryNode): void
}

const REQUEST = 'passkey_prologue_request'
const CONTINUATION = 'crsc_continuation'
const NOTIFICATIONS: unknown[] = [REQUEST, CONTINUATION]

type Shape = Record<string, number | 'any'>

/**
 * The server's side of linking with a passkey: asks for it, and takes each step only once, in its order and byte by
 * byte. Real servers may be less strict.
 */
export function startPasskeyCeremony({ passkey, phone, send }: PasskeyCeremonyOptions) {
	let challenge: string | undefined
	let challengedAt = 0
	let reference: string | undefined
	/** Notifications that the client has to acknowledge: id → type. */
	const unacknowledged = new Map<string, string>()
	let next: 'prologue' | 'nonce' | 'request' | 'none' = 'prologue'

	function options(): BinaryNode {
		challenge = randomBytes(32).toString('base64url')
		challengedAt = Date.now()
		const json = {
			challenge,
			timeout: CHALLENGE_MS,
			rpId: RELYING_PARTY,
			allowCredentials: [],
			userVerification: 'required',
			extensions: { uvm: true },
		}
		return node('passkey_request_options', {}, Buffer.from(JSON.stringify(json)))
	}

	function notify(type: string, content?: BinaryNode[]) {
		const id = newStanzaId()
		unacknowledged.set(id, type)
		send(node('notification', { id, from: SERVER_JID, type, t: now() }, content))
	}

	function ask() {
		notify(REQUEST, passkey.options === 'embedded' ? [options()] : undefined)
	}

	function takePrologue(iq: BinaryNode) {
		const isShort = childrenOf(childrenOf(iq)[0]).length === 3
		const [id, json, payload, proof] = partsOf(childrenOf(iq)[0]!, {
			credential_id: passkey.credential.id.length,
			webauthn_assertion: 'any',
			prologue_payload: 'any',
			...(!isShort && { pairing_handoff_proof: 32 }),
		})
		expect('prologue')
		demand(challenge && reference, 'the options and the reference come before the prologue')
		demand(Date.now() < challengedAt + CHALLENGE_MS, 'the challenge has expired')
		demand(id!.equals(passkey.credential.id), 'another credential than the assertion')
		verifyAssertion(passkey.credential, challenge!, assertionIn(json!))
		if (passkey.outcome === 'limited') throw new QueryError(429, 'rate-overlimit')
		const identity = phone.takesPrologue(payload!, proof, reference!)
		next = 'nonce'
		if (passkey.outcome !== 'stalled')
			// After the result.
			queueMicrotask(() => notify(CONTINUATION, [node('primary_ephemeral_identity', {}, identity)]))
	}

	function expect(step: typeof next) {
		demand(next === step, `the step after is ${next}`)
		demand(unacknowledged.size === 0, `not acknowledged: ${[...unacknowledged.values()].join()}`)
	}

	const steps: Record<string, (iq: BinaryNode) => BinaryNode[] | void> = {
		'get passkey_request_options': (iq) => {
			partsOf(iq, { passkey_request_options: 0 })
			return [options()]
		},
		'get ref': (iq) => {
			partsOf(iq, { ref: 0 })
			reference = `4@${randomBytes(24).toString('base64url')}`
			return [node('ref', {}, Buffer.from(reference))]
		},
		'set passkey_prologue': takePrologue,
		'set companion_nonce': (iq) => {
			const [nonce] = partsOf(iq, { companion_nonce: 32 })
			expect('nonce')
			phone.takesNonce(nonce!)
			next = 'request'
		},
		'set encrypted_pairing_request': (iq) => {
			const [encrypted] = partsOf(iq, { encrypted_pairing_request: 'any' })
			expect('request')
			if (passkey.outcome !== 'unfinished') phone.takesPairingRequest(encrypted!)
			next = 'none'
		},
	}

	ask()
	return {
		/** Asks once more, as servers may. */
		ask,
		/** Takes a stanza, if it belongs here. @returns the answer; undefined if there is none */
		accept(stanza: BinaryNode): { answer?: BinaryNode } | undefined {
			if (stanza.tag === 'ack') {
				if (NOTIFICATIONS.includes(stanza.attrs.type)) acknowledge(stanza, unacknowledged)
				return {}
			}
			const { type, xmlns, id } = stanza.attrs
			const step = steps[`${type} ${childrenOf(stanza)[0]?.tag}`]
			if (stanza.tag !== 'iq' || xmlns !== 'md' || !step) return undefined
			const reply = (outcome: string, content?: BinaryNode[]) => ({
				answer: node('iq', { id, from: SERVER_JID, type: outcome }, content),
			})
			try {
				partsOf(stanza, { [childrenOf(stanza)[0]!.tag]: 'any' }, ['id', 'to', 'type', 'xmlns'])
				return reply('result', step(stanza) ?? undefined)
			} catch (error) {
				const code = error instanceof QueryError ? error.code : 400
				return reply('error', [node('error', { code, text: (error as Error).message })])
			}
		},
	}
}

export type PasskeyCeremony = ReturnType<typeof startPasskeyCeremony>

/** Each notification is acknowledged once. @throws Error otherwise */
function acknowledge({ attrs }: BinaryNode, unacknowledged: Map<string, string>) {
	const type = unacknowledged.get(attrs.id ?? '')
	demand(
		type && type === attrs.type && attrs.class === 'notification' && attrs.to === SERVER_JID,
		`an acknowledgement of nothing: ${JSON.stringify(attrs)}`,
	)
	unacknowledged.delete(attrs.id!)
}

/**
 * The bytes of the children, which must be exactly these, in this order and of these lengths, and have no attributes.
 * @param attributes the parent's own, sorted
 */
function partsOf(parent: BinaryNode, shape: Shape, attributes?: string[]): Buffer[] {
	const children = childrenOf(parent)
	const names = children.map(({ tag }) => tag).join()
	demand(names === Object.keys(shape).join(), `<${parent.tag}> has ${names}`)
	if (attributes) {
		const has = Object.keys(parent.attrs).sort().join()
		demand(has === attributes.join(), `<${parent.tag}> has the attributes ${has}`)
		demand(parent.attrs.to === SERVER_JID, `<${parent.tag}> goes to ${parent.attrs.to}`)
	}
	return children.map(({ tag, attrs, content }) => {
		const bytes = content instanceof Uint8Array ? Buffer.from(content) : Buffer.alloc(0)
		const length = shape[tag]
		demand(length === 'any' || bytes.length === length, `<${tag}> has ${bytes.length} bytes`)
		demand(Object.keys(attrs).length === 0, `<${tag}> has attributes`)
		return bytes
	})
}

/** Nothing but what WhatsApp's own client sends, in its order. */
function assertionIn(json: Buffer): AssertionJson {
	const assertion = JSON.parse(json.toString()) as AssertionJson
	const keys = `${Object.keys(assertion).join()}|${Object.keys(assertion.response).join()}`
	const wanted = 'id,rawId,type,response|clientDataJSON,authenticatorData,signature,userHandle'
	demand(keys === wanted, `the assertion has the fields ${keys}`)
	return assertion
}

function demand(isRight: unknown, what: string): asserts isRight {
	if (!isRight) throw new QueryError(400, what)
}
