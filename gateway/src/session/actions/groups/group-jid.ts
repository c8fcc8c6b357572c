import { isJidGroup } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import { toJid } from '../../identity.ts'

/** The jid of a group. @throws GatewayError invalid_recipient, naming the field */
export function toGroupJid(group: string, field: string): string {
	const jid = toJid(group, field)
	if (isJidGroup(jid)) return jid
	const advice = `\`${group.slice(0, 60)}\` is not the id of a group.`
	throw new GatewayError('invalid_recipient', advice, { field })
}
