import { S_WHATSAPP_NET, type BinaryNode } from '@whiskeysockets/baileys'
import { element } from '../ask/element.ts'
import type { Iq } from '../ask/iq.ts'

/** The types of the notifications. */
export const PROLOGUE_REQUEST = 'passkey_prologue_request'
export const CONTINUATION = 'crsc_continuation'

const md = (type: Iq['type'], content: BinaryNode): Iq => ({
	type,
	xmlns: 'md',
	content: [content],
})

export const askForOptions = (): Iq => md('get', element('passkey_request_options'))

export const askForRef = (): Iq => md('get', element('ref'))

export type Prologue = {
	credentialId: Uint8Array
	/** JSON. */
	assertion: Uint8Array
	payload: Uint8Array
	/** Left out when it has expired. */
	proof: Uint8Array | undefined
}

export const sendPrologue = ({ credentialId, assertion, payload, proof }: Prologue): Iq =>
	md(
		'set',
		element('passkey_prologue', {}, [
			element('credential_id', {}, credentialId),
			element('webauthn_assertion', {}, assertion),
			element('prologue_payload', {}, payload),
			...(proof ? [element('pairing_handoff_proof', {}, proof)] : []),
		]),
	)

export const sendNonce = (nonce: Uint8Array): Iq => md('set', element('companion_nonce', {}, nonce))

export const sendPairingRequest = (encrypted: Uint8Array): Iq =>
	md('set', element('encrypted_pairing_request', {}, encrypted))

export const acknowledgement = ({ attrs: { id = '', type = '' } }: BinaryNode): BinaryNode =>
	element('ack', { id, to: S_WHATSAPP_NET, class: 'notification', type })
