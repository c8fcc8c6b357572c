import { randomBytes } from 'node:crypto'
import { childOf, childrenOf, node } from '../wire/node.ts'
import { lidOf, partiesOf, pnOf } from './jids.ts'
import type { Query } from './query.ts'
import { newStanzaId, now } from './stanza.ts'

const TOKEN_BYTES = 32

/** Gives a token to people. Their linked devices are told; simulated phones have no use for it. */
export const issueTokens: Query = (whatsapp, { account }, iq) => {
	for (const { attrs } of childrenOf(childOf(iq, 'tokens'), 'token')) {
		const { jid = '', t = now(), type } = attrs
		const receiver = whatsapp.directory.account(jid)
		if (!receiver) continue
		const token = node('token', { t, type, jid: pnOf(receiver) }, randomBytes(TOKEN_BYTES))
		const from = { from: pnOf(account), sender_lid: lidOf(account) }
		for (const party of partiesOf(receiver).filter(({ device }) => device.id !== 0)) {
			const notification = { id: newStanzaId(), ...from, type: 'privacy_token', t: now() }
			whatsapp.deliver(party, node('notification', notification, [node('tokens', {}, [token])]))
		}
	}
}
