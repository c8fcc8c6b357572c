import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { newCredential, signChallenge } from '../../../gateway/src/sandbox/wire/authenticator.ts'
import { bytesOf, childrenOf, node } from '../../../gateway/src/sandbox/wire/node.ts'
import { startPasskeyCeremony } from '../../../gateway/src/sandbox/server/passkey-ceremony.ts'

const SERVER = '@s.whatsapp.net'

/** A ceremony, what it has sent, and a way to ask it. */
function ceremony() {
	const credential = newCredential()
	const sent: BinaryNode[] = []
	const server = startPasskeyCeremony({
		passkey: { credential, options: 'embedded', outcome: 'linked' },
		phone: {
			takesPrologue: () => Buffer.alloc(68),
			takesNonce: () => {},
			takesPairingRequest: () => {},
		},
		send: (stanza) => sent.push(stanza),
	})
	const query = (type: string, content: BinaryNode, attrs = {}) => {
		const iq = node('iq', { id: '1', to: SERVER, type, xmlns: 'md', ...attrs }, [content])
		const answer = server.accept(iq)!.answer!
		return answer.attrs.type === 'error' ? childrenOf(answer)[0]!.attrs.text! : 'ok'
	}
	const acknowledge = () => {
		const { id, type } = sent.at(-1)!.attrs
		server.accept(node('ack', { id, to: SERVER, class: 'notification', type }))
	}
	const asked = JSON.parse(bytesOf(sent[0], 'passkey_request_options').toString())
	const assertion = signChallenge(credential, asked.challenge)
	const bytes = (value: object) => Buffer.from(JSON.stringify(value))
	const parts = (said: object = assertion, id: Uint8Array = credential.id) => [
		node('credential_id', {}, id),
		node('webauthn_assertion', {}, bytes(said)),
		node('prologue_payload', {}, Buffer.alloc(80)),
		node('pairing_handoff_proof', {}, Buffer.alloc(32)),
	]
	const prologue = (children = parts()) => query('set', node('passkey_prologue', {}, children))
	const ref = () => query('get', node('ref'))
	const nonce = (length = 32) => query('set', node('companion_nonce', {}, Buffer.alloc(length)))
	return { credential, asked, assertion, parts, acknowledge, query, prologue, ref, nonce }
}

/** A ceremony whose next step is the prologue. */
function ready() {
	const it = ceremony()
	it.acknowledge()
	assert.equal(it.ref(), 'ok')
	return it
}

test('it takes the steps of a right client', async () => {
	const { prologue, acknowledge, nonce, query } = ready()
	assert.equal(prologue(), 'ok')
	await Promise.resolve()
	acknowledge()
	assert.equal(nonce(), 'ok')
	const request = node('encrypted_pairing_request', {}, Buffer.alloc(100))
	assert.equal(query('set', request), 'ok')
	assert.match(query('set', request), /the step after is none/, 'once')
})

const wrong: [string, (it: ReturnType<typeof ready>) => string, RegExp][] = [
	['a nonce before the prologue', ({ nonce }) => nonce(), /the step after is prologue/],
	['a nonce of another length', ({ nonce }) => nonce(12), /has 12 bytes/],
	[
		'children in another order',
		({ prologue, parts }) => prologue(parts().reverse()),
		/has pairing_handoff_proof,prologue_payload/,
	],
	[
		'a child with an attribute',
		({ prologue, parts }) => prologue(parts().map((part) => ({ ...part, attrs: { id: '1' } }))),
		/has attributes/,
	],
	[
		'an attribute too many',
		({ query }) => query('get', node('ref'), { target: SERVER }),
		/has the attributes id,target,to,type,xmlns/,
	],
	[
		'fields that browsers add to the assertion',
		({ prologue, parts, assertion }) =>
			prologue(parts({ ...assertion, authenticatorAttachment: 'platform' })),
		/has the fields id,rawId,type,response,authenticatorAttachment/,
	],
	[
		'another challenge',
		({ prologue, parts, credential }) => prologue(parts(signChallenge(credential, 'AAAA'))),
		/wrong challenge/,
	],
	[
		'another origin',
		({ prologue, parts, credential, asked }) =>
			prologue(parts(signChallenge(credential, asked.challenge, { origin: 'https://x.test' }))),
		/wrong origin/,
	],
	[
		'nobody verified',
		({ prologue, parts, credential, asked }) =>
			prologue(parts(signChallenge(credential, asked.challenge, { isVerified: false }))),
		/wrong user verification/,
	],
	[
		'the key of another passkey',
		({ prologue, parts, credential, asked }) => {
			const other = { ...newCredential(), id: credential.id }
			return prologue(parts(signChallenge(other, asked.challenge)))
		},
		/wrong signature/,
	],
]

for (const [what, ask, why] of wrong) {
	test(`it refuses ${what}`, () => assert.match(ask(ready()), why))
}

test('it refuses a client that has not acknowledged the request, or asked for the reference', () => {
	const silent = ceremony()
	silent.ref()
	assert.match(silent.prologue(), /not acknowledged: passkey_prologue_request/)
	const hasty = ceremony()
	hasty.acknowledge()
	assert.match(hasty.prologue(), /the reference come before/)
	assert.throws(hasty.acknowledge, /acknowledgement of nothing/, 'twice')
})
