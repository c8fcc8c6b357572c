import { GatewayError } from '../../../errors.ts'
import type { Identity } from '../../../events/identity.ts'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import type { SessionDeps } from '../../session-deps.ts'

/**
 * A person by phone number and LID; WhatsApp is asked for the LID if it is not known.
 * @throws GatewayError recipient_not_on_whatsapp, and those of `askWhatsApp`
 */
export async function withLid(
	{ socket }: Pick<SessionDeps, 'socket'>,
	person: Identity,
	field = 'jid',
): Promise<Identity & { lid: string }> {
	const { lidMapping } = socket.signalRepository
	const lid = person.lid ?? (await askWhatsApp(() => lidMapping.getLIDForPN(person.id)))
	if (lid) return { ...person, lid }
	const advice = `${person.id} is not on WhatsApp.`
	throw new GatewayError('recipient_not_on_whatsapp', advice, { field })
}
