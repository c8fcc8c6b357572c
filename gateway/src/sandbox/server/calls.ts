import { randomBytes } from 'node:crypto'
import { childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { membersOf } from './groups.ts'
import { lidOf, partiesOf, pnOf } from './jids.ts'
import type { Party } from './model.ts'
import { newStanzaId, now } from './stanza.ts'
import type { WhatsApp } from './whatsapp.ts'

/** Passes what a device says about a call on to the others, or makes a link to a call. Sound is not simulated. */
export function passCall(whatsapp: WhatsApp, sender: Party, stanza: BinaryNode): void {
	const { id, to = '' } = stanza.attrs
	const [said] = childrenOf(stanza)
	const ack = (attrs: { error?: number } = {}, content?: BinaryNode[]) =>
		whatsapp.push(sender, node('ack', { class: 'call', id, from: to, ...attrs }, content))
	if (!said) return ack({ error: 400 })
	if (said.tag === 'link_create') {
		const token = randomBytes(12).toString('base64url')
		return ack({}, [node('link_create', { ...said.attrs, token })])
	}
	const called = whatsapp.directory.account(to)
	const group = whatsapp.directory.groups.get(to)
	if (!called && !group) return ack({ error: 404 })
	const people = called ? [called] : membersOf(whatsapp.directory, group!)
	for (const party of people.filter((each) => each !== sender.account).flatMap(partiesOf))
		whatsapp.deliver(party, asTheySee(sender, said))
	ack()
}

function asTheySee({ account }: Party, { tag, attrs, content }: BinaryNode): BinaryNode {
	const from = account.addressing === 'lid' ? lidOf(account) : pnOf(account)
	const said = node(tag, { ...attrs, caller_pn: pnOf(account) }, content)
	return node('call', { id: newStanzaId(), from, t: now() }, [said])
}
