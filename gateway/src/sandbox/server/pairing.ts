import { randomBytes } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'
import { isSignedBy } from '../wire/curve.ts'
import { SERVER_JID } from '../wire/jid.ts'
import { bytesOf, childOf, descend, node, type BinaryNode } from '../wire/node.ts'
import { lidOf } from './jids.ts'
import { pnOf } from './jids.ts'
import { type Account, type Registration } from './model.ts'
import { type Device } from './model.ts'
import { type WhatsApp } from './whatsapp.ts'
import { type Link } from './model.ts'
import { clientProps } from './lid-migration.ts'
import { newStanzaId } from './stanza.ts'
import { now } from './stanza.ts'
import { startPasskeyCeremony, type PasskeyCeremony } from './passkey-ceremony.ts'

/** A client shows one QR for 60 seconds and five more for 20 each. */
const REFERENCES = 6
const DEVICE_SIGNATURE = Buffer.of(6, 1)

export const registrationByReference = (whatsapp: WhatsApp, reference: string) =>
	[...whatsapp.registrations].find(({ references }) => references.has(reference))

export const registrationByCodeRequest = (whatsapp: WhatsApp, phone: string) =>
	[...whatsapp.registrations].find(({ codeRequest }) => codeRequest?.phone === phone)

/** Chrome, Edge, Firefox, Internet Explorer, Opera, Safari. */
const BROWSERS = /^[1-6]$/
/** As WhatsApp Web's own parser of user agents spells them. */
const DISPLAY =
	/^(Chrome|Edge|Firefox|IE|Opera|Safari) \((Windows|Mac OS|Linux|Ubuntu|Android|iOS|Chromium OS)\)$/

/** WhatsApp takes only what its own client would say of itself. */
function isKnownCompanion(hello: BinaryNode | undefined): boolean {
	const textOf = (tag: string) => bytesOf(hello, tag).toString()
	return (
		BROWSERS.test(textOf('companion_platform_id')) &&
		DISPLAY.test(textOf('companion_platform_display'))
	)
}

/** Offers a client that is not linked yet the references for its QR codes. */
export function startRegistration(
	whatsapp: WhatsApp,
	link: Link,
	clientNoiseKey: Uint8Array,
	payload: proto.IClientPayload,
): Registration {
	const { eIdent: identity, deviceProps } = payload.devicePairingData ?? {}
	if (!identity) throw new Error('registration without an identity key')
	const refs = Array.from(
		{ length: REFERENCES },
		() => `2@${randomBytes(24).toString('base64url')}`,
	)
	let joining: { account: Account; device: Device } | undefined
	let ceremony: PasskeyCeremony | undefined
	let codeFinished: (stanza: BinaryNode) => void = () => undefined

	/** The client's own signature completes the chain: account key → device → account key. */
	function confirm(stanza: BinaryNode) {
		const signed = bytesOf(childOf(stanza, 'pair-device-sign'), 'device-identity')
		const { details, deviceSignature } = proto.ADVSignedDeviceIdentity.decode(signed)
		const accountKey = joining?.account.devices[0]?.bundle?.identity
		if (!joining || !accountKey || !details || !deviceSignature) return link.cut()
		const proven = Buffer.concat([DEVICE_SIGNATURE, details, identity!, accountKey])
		if (!isSignedBy(identity!, proven, deviceSignature)) return link.cut()
		const { account, device } = joining
		account.devices.push(device)
		whatsapp.announceDevices(account, 'add', device)
		whatsapp.events.emit('change')
		// "Restart required": the client connects again and logs in as a companion.
		link.close(node('stream:error', { code: 515 }))
	}

	function askForCode(stanza: BinaryNode) {
		const hello = childOf(stanza, 'link_code_companion_reg')
		if (!isKnownCompanion(hello)) return refuse(stanza)
		const reference = `3@${randomBytes(24).toString('base64url')}`
		registration.codeRequest = {
			reference,
			phone: (hello?.attrs.jid ?? '').split('@')[0] ?? '',
			wrappedEphemeral: bytesOf(hello, 'link_code_pairing_wrapped_companion_ephemeral_pub'),
			finished: new Promise((resolve) => (codeFinished = resolve)),
		}
		result(stanza, [
			node('link_code_companion_reg', { stage: 'companion_hello' }, [
				node('link_code_pairing_ref', {}, Buffer.from(reference)),
			]),
		])
		whatsapp.events.emit('code-request')
	}

	const refuse = ({ attrs: { id } }: BinaryNode) =>
		link.send(
			node('iq', { id, from: SERVER_JID, type: 'error' }, [
				node('error', { code: 400, text: 'bad-request' }),
			]),
		)

	const result = ({ attrs: { id } }: BinaryNode, content?: BinaryNode[]) =>
		link.send(node('iq', { id, from: SERVER_JID, type: 'result' }, content))

	const props = proto.DeviceProps.decode(deviceProps ?? Buffer.alloc(0))
	const registration: Registration = {
		clientNoiseKey,
		identity,
		wantsAllHistory: props.requireFullSync ?? false,
		listedAs: {
			os: props.os ?? '',
			platform: proto.DeviceProps.PlatformType[props.platformType ?? 0]!,
		},
		references: new Set(refs),
		accept(stanza) {
			const taken = ceremony?.accept(stanza)
			if (taken?.answer) link.send(taken.answer)
			if (taken) return
			const stage = childOf(stanza, 'link_code_companion_reg')?.attrs.stage
			if (childOf(stanza, 'pair-device-sign')) confirm(stanza)
			else if (stage === 'companion_hello') askForCode(stanza)
			else if (stage === 'companion_finish') {
				result(stanza)
				codeFinished(stanza)
			} else if (stanza.tag === 'iq' && stanza.attrs.type !== 'result') result(stanza)
		},
		sendPrimaryHello(content) {
			const hello = node('link_code_companion_reg', { stage: 'primary_hello' }, content)
			const attrs = { id: newStanzaId(), from: SERVER_JID, t: now() }
			link.send(node('notification', { ...attrs, type: 'link_code_companion_reg' }, [hello]))
		},
		complete(account, device, signedIdentity) {
			joining = { account, device }
			const success = node('pair-success', {}, [
				node('device-identity', {}, signedIdentity),
				node('device', { jid: pnOf(account, device.id), lid: lidOf(account, device.id) }),
				node('platform', { name: account.business ? 'smba' : 'android' }),
				...clientProps(account),
			])
			const attrs = { id: newStanzaId(), from: SERVER_JID, type: 'set', xmlns: 'md' }
			link.send(node('iq', { ...attrs, t: now() }, [success]))
		},
		askPasskey(passkey, phone) {
			ceremony = startPasskeyCeremony({ passkey, phone, send: link.send })
		},
		cut: link.cut,
		repeatPasskeyRequest: () => ceremony?.ask(),
		abandon: () => void whatsapp.registrations.delete(registration),
	}
	whatsapp.registrations.add(registration)
	const pairDevice = node(
		'pair-device',
		{},
		refs.map((ref) => node('ref', {}, Buffer.from(ref))),
	)
	const attrs = { id: newStanzaId(), from: SERVER_JID, type: 'set', xmlns: 'md' }
	link.send(node('iq', attrs, [pairDevice]))
	return registration
}

/** The content of the client's last message of a code pairing. */
export function readCodeFinish(stanza: BinaryNode) {
	const finish = descend(stanza, 'link_code_companion_reg')
	return {
		keyBundle: bytesOf(finish, 'link_code_pairing_wrapped_key_bundle'),
		identity: bytesOf(finish, 'companion_identity_public'),
	}
}
