import { getBinaryNodeChildren } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import { element, expected } from '../../ask/element.ts'
import { ALL_GROUPS, groupQuery } from '../../ask/group-query.ts'
import { refusedWith } from '../../ask/whatsapp-errors.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeGroup } from './change.ts'
import { toGroupJid } from './group-jid.ts'

/**
 * Leaves a community. WhatsApp would leave a group by the same words.
 * @throws GatewayError whatsapp_not_found for a group that is no community, and those of `leaveGroup`
 */
export async function leaveCommunity(deps: SessionDeps, community: string): Promise<void> {
	const jid = toGroupJid(community, 'jid')
	if ((await deps.groups.get(jid)).isCommunity) return leaveGroup(deps, jid)
	const advice = 'This is a group, not a community. Leave it with POST …/groups/{jid}/leave.'
	throw new GatewayError('whatsapp_not_found', advice, { field: 'jid' })
}

/** Leaves a group. @throws GatewayError invalid_recipient, naming the field, and those of `askWhatsApp` */
export async function leaveGroup(deps: SessionDeps, group: string): Promise<void> {
	const jid = toGroupJid(group, 'jid')
	const leave = element('leave', {}, [element('group', { id: jid })])
	await changeGroup(deps, jid, async () => {
		const answer = await groupQuery(deps.socket, 'set', ALL_GROUPS, leave)
		// WhatsApp says for each group whether it was left.
		for (const { attrs } of getBinaryNodeChildren(expected(answer, 'leave'), 'group'))
			if (attrs.error) throw refusedWith(Number(attrs.error), '')
	})
}
