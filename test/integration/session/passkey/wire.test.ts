import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto, type BinaryNode } from '@whiskeysockets/baileys'
import { MAIN, passkeyWorld } from './support/world.ts'

const SERVER = '@s.whatsapp.net'

type Expected = [direction: 'in' | 'out', stanza: BinaryNode]

const stanza = (tag: string, attrs: Record<string, string>, content?: BinaryNode['content']) => ({
	tag,
	attrs,
	...(content !== undefined && { content }),
})

/** What was said from the first request for a passkey to the pairing, with ids as their order of appearance. */
function conversation(frames: { direction: 'in' | 'out'; stanza: BinaryNode }[]): Expected[] {
	const ids = new Map<string, string>()
	const idOf = (id = '') => ids.get(id) ?? ids.set(id, `id ${ids.size + 1}`).get(id)!
	const isPairing = ({ content }: BinaryNode) =>
		Array.isArray(content) && content[0]?.tag === 'pair-success'
	const first = frames.findIndex(({ stanza }) => stanza.attrs.type === 'passkey_prologue_request')
	const last = frames.findIndex(({ stanza }) => isPairing(stanza))
	return (
		frames
			.slice(first, last)
			// Of the pairing code, which Baileys acknowledges when it likes.
			.filter(({ stanza: { attrs } }) => attrs.type !== 'link_code_companion_reg')
			// Of the references for QR codes, which Baileys may answer after the scan.
			.filter(({ direction, stanza: { attrs } }) => direction === 'out' || attrs.type !== 'result')
			.map(({ direction, stanza: { tag, attrs, content } }): Expected => {
				const { id, t: _, ...rest } = attrs
				return [direction, stanza(tag, { id: idOf(id), ...rest }, content)]
			})
	)
}

/** The table: each stanza, its attributes and its children in their order; bytes as their number. */
const shapeOf = ({ tag, attrs, content }: BinaryNode): string => {
	const names = Object.entries(attrs)
		.map(([name, value]) => ` ${name}="${value}"`)
		.sort()
		.join('')
	const inside = Array.isArray(content)
		? content.map(shapeOf).join('')
		: content instanceof Uint8Array
			? '#'
			: ''
	return inside ? `<${tag}${names}>${inside}</${tag}>` : `<${tag}${names}/>`
}

const notification = (id: string, type: string, inside: string) =>
	`<notification from="${SERVER}" id="${id}" type="${type}"${inside ? `>${inside}</notification>` : '/>'}`
const ack = (id: string, type: string) =>
	`<ack class="notification" id="${id}" to="${SERVER}" type="${type}"/>`
const query = (id: string, type: string, inside: string) =>
	`<iq id="${id}" to="${SERVER}" type="${type}" xmlns="md">${inside}</iq>`
const result = (id: string, inside = '') =>
	`<iq from="${SERVER}" id="${id}" type="result"${inside ? `>${inside}</iq>` : '/>'}`
const bytes = (...tags: string[]) => tags.map((tag) => `<${tag}>#</${tag}>`).join('')

const proof = 'pairing_handoff_proof'
const signed = ['credential_id', 'webauthn_assertion', 'prologue_payload']

function table(options: 'embedded' | 'asked', isProven: boolean): string[] {
	const at = (step: number) => `id ${step + (options === 'asked' ? 1 : 0)}`
	const given = bytes('passkey_request_options')
	const asked = [
		`in ${query('id 2', 'get', '<passkey_request_options/>')}`,
		`out ${result('id 2', given)}`,
	]
	const prologue = bytes(...signed, ...(isProven ? [proof] : []))
	return [
		`out ${notification('id 1', 'passkey_prologue_request', options === 'embedded' ? given : '')}`,
		`in ${ack('id 1', 'passkey_prologue_request')}`,
		...(options === 'asked' ? asked : []),
		`in ${query(at(2), 'get', '<ref/>')}`,
		`out ${result(at(2), bytes('ref'))}`,
		`in ${query(at(3), 'set', `<passkey_prologue>${prologue}</passkey_prologue>`)}`,
		`out ${result(at(3))}`,
		`out ${notification(at(4), 'crsc_continuation', bytes('primary_ephemeral_identity'))}`,
		`in ${ack(at(4), 'crsc_continuation')}`,
		`in ${query(at(5), 'set', bytes('companion_nonce'))}`,
		`out ${result(at(5))}`,
		`in ${query(at(6), 'set', bytes('encrypted_pairing_request'))}`,
	]
}

const cases = [
	{ way: 'qr', options: 'embedded', isProven: true },
	{ way: 'qr', options: 'asked', isProven: true },
	{ way: 'qr', options: 'embedded', isProven: false },
	{ way: 'code', options: 'embedded', isProven: true },
	{ way: 'code', options: 'asked', isProven: false },
] as const

for (const { way, options, isProven } of cases) {
	const name = `${way}, options ${options}, ${isProven ? 'with' : 'without'} the proof`
	test(`the wire is as WhatsApp's own client has it: ${name}`, async (t) => {
		const { gateway, sandbox, owner, scan, becomes, sign, answer } = await passkeyWorld(t, {
			asks: { options },
			...(!isProven && { passkeyTimes: { proofMs: 0 } }),
		})
		if (way === 'qr') await scan()
		else {
			const asked = { phone_number: owner.account.phone }
			await owner.entersCode((await gateway.request('POST', `${MAIN}/pair`, asked)).body.code)
		}
		await becomes('challenge')
		const assertion = await sign()
		await answer(assertion)
		if (!isProven) {
			await becomes('confirm')
			await gateway.request('POST', `${MAIN}/passkey/confirm`)
		}
		await gateway.becomes('main', 'open')
		const said = conversation(sandbox.whatsapp.log.list(() => true))
		assert.deepEqual(
			said.map(([direction, each]) => `${direction} ${shapeOf(each)}`),
			table(options, isProven),
		)
		const part = (tag: string) => {
			const parts = said.flatMap(([direction, { content }]) =>
				direction === 'in' && Array.isArray(content) ? content : [],
			)
			const nested = parts.flatMap(({ content }) => (Array.isArray(content) ? content : []))
			return Buffer.from(
				[...parts, ...nested].find((each) => each.tag === tag)!.content as Uint8Array,
			)
		}
		assert.deepEqual(part('credential_id'), Buffer.from(assertion.rawId, 'base64url'))
		assert.equal(part('webauthn_assertion').toString(), JSON.stringify(assertion))
		assert.equal(part('companion_nonce').length, 32)
		if (isProven) assert.equal(part(proof).length, 32)
		const payload = proto.ProloguePayload.decode(part('prologue_payload'))
		const identity = proto.CompanionEphemeralIdentity.decode(payload.companionEphemeralIdentity!)
		assert.equal(identity.publicKey!.length, 32)
		assert.equal(identity.deviceType, proto.DeviceProps.PlatformType.CHROME)
		assert.equal(payload.commitment!.hash!.length, 32)
		const request = proto.EncryptedPairingRequest.decode(part('encrypted_pairing_request'))
		assert.equal(request.iv!.length, 12)
	})
}
