import {
	bytesOf,
	childOf,
	childrenOf,
	node,
	uintBytes,
	uintOf,
	type BinaryNode,
} from '../wire/node.ts'
import type { KeyBundle } from './model.ts'

const DJB_KEY = Buffer.of(5)

const keyNode = (tag: string, id: number, key: Uint8Array, signature?: Uint8Array) =>
	node(tag, {}, [
		node('id', {}, uintBytes(id, 3)),
		node('value', {}, key),
		...(signature ? [node('signature', {}, signature)] : []),
	])

const readKey = (key: BinaryNode) => ({ id: uintOf(key, 'id'), key: bytesOf(key, 'value') })

/** The children of a `<user>` in a key answer, or of an upload: at most one one-time key is given. */
export function bundleNode({ registrationId, identity, signedPreKey, oneTime }: KeyBundle) {
	const { id, key, signature } = signedPreKey
	return [
		node('registration', {}, uintBytes(registrationId, 4)),
		node('type', {}, DJB_KEY),
		node('identity', {}, identity),
		keyNode('skey', id, key, signature),
		...oneTime.slice(0, 1).map((preKey) => keyNode('key', preKey.id, preKey.key)),
	]
}

/** Reads an upload: `<registration/><type/><identity/><list><key/>…</list><skey/>`. */
export function readBundle(upload: BinaryNode): KeyBundle {
	return {
		registrationId: uintOf(upload, 'registration'),
		identity: bytesOf(upload, 'identity'),
		signedPreKey: readSignedPreKey(upload),
		oneTime: childrenOf(childOf(upload, 'list'), 'key').map(readKey),
	}
}

export function readSignedPreKey(parent: BinaryNode | undefined): KeyBundle['signedPreKey'] {
	const skey = childOf(parent, 'skey')
	if (!skey) throw new Error('<skey> is missing')
	return { ...readKey(skey), signature: bytesOf(skey, 'signature') }
}

/** Takes a one-time key out of the bundle: each is given out once. */
export function dispense(bundle: KeyBundle): KeyBundle {
	return { ...bundle, oneTime: bundle.oneTime.splice(0, 1) }
}
