import { childOf, childrenOf, node } from '../wire/node.ts'
import { bundleNode, dispense, readBundle, readSignedPreKey } from './key-bundles.ts'
import { notFound, type Queries, type Query } from './query.ts'

const countKeys: Query = (whatsapp, { device }) => [
	node('count', { value: device.bundle?.oneTime.length ?? whatsapp.preKeysOfNewDevices }),
]

const uploadKeys: Query = (_whatsapp, { device }, iq) => {
	const known = device.bundle?.oneTime ?? []
	const uploaded = readBundle(iq)
	const fresh = uploaded.oneTime.filter(({ id }) => !known.some((key) => key.id === id))
	device.bundle = { ...uploaded, oneTime: [...known, ...fresh] }
}

const digestKeys: Query = (_whatsapp, { device }) => {
	if (!device.bundle) throw notFound()
	return [node('digest', {}, bundleNode(device.bundle).slice(0, 4))]
}

const rotateSignedPreKey: Query = (_whatsapp, { device }, iq) => {
	if (!device.bundle) throw notFound()
	device.bundle.signedPreKey = readSignedPreKey(childOf(iq, 'rotate'))
}

const fetchKeys: Query = (whatsapp, _sender, iq) => {
	const users = childrenOf(childOf(iq, 'key'), 'user').map(({ attrs: { jid = '' } }) => {
		const party = whatsapp.directory.party(jid)
		if (!party?.device.bundle) {
			return node('user', { jid }, [node('error', { code: 404, text: 'item-not-found' })])
		}
		const content = bundleNode(dispense(party.device.bundle))
		whatsapp.watchPreKeys(party)
		return node('user', { jid }, content)
	})
	return [node('list', {}, users)]
}

/** Signal keys: uploading one's own, and those of others. */
export const keyQueries: Queries = {
	'get encrypt count': countKeys,
	'set encrypt registration': uploadKeys,
	'get encrypt digest': digestKeys,
	'set encrypt rotate': rotateSignedPreKey,
	'get encrypt key': fetchKeys,
}
