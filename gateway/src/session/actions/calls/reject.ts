import { GatewayError } from '../../../errors.ts'
import { refuseCall } from '../../ask/calls.ts'
import { identityOf, isSame, toJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { isOpen } from '../../state/calls.ts'

export type Rejection = {
	call_id: string
	/** The caller, to be sure; the call alone tells it, too. */
	from?: string | undefined
	/** Whether nobody has asked for it. */
	auto?: boolean
}

/**
 * Rejects a call that rings, and tells it.
 * @throws GatewayError call_not_found, whatsapp_gone if it does not ring any more, and those of `askWhatsApp`
 */
export async function rejectCall(
	{ socket, state, tell, otherName }: SessionDeps,
	{ call_id, from, auto = false }: Rejection,
): Promise<void> {
	const call = state.calls.get(call_id)
	if (!call || (from !== undefined && !isFrom(from))) throw unknown(call_id)
	if (!isOpen(call)) throw over(call_id)
	await refuseCall(socket, call_id, call.creator)
	const updated_at = Math.floor(Date.now() / 1000)
	const changes = state.calls.note({ ...call, status: 'reject', updated_at })
	await tell({ type: 'call.rejected', data: { call_id, chat: call.chat, auto } }, changes)

	function isFrom(caller: string) {
		const jid = toJid(caller, 'from')
		const { sender, chat, group } = call!
		return [sender, chat, group].some((one) => one && isSame(identityOf(jid, otherName), one))
	}
}

function unknown(id: string) {
	const advice = `No call ${id.slice(0, 60)} of this caller has come in. GET …/calls lists them.`
	return new GatewayError('call_not_found', advice, { field: 'call_id' })
}

function over(id: string) {
	return new GatewayError('whatsapp_gone', `The call ${id} does not ring any more.`)
}
