import { pnOf } from '../server/jids.ts'
import type { Account } from '../server/model.ts'
import type { PhoneContext } from './context.ts'
import type { PhoneReceipt } from './incoming.ts'
import type { PhoneState, Progress } from './state.ts'

/** So many messages are followed. */
const KEPT = 5_000

/** Receipts that tell how far a message got, from the least to the most. */
const STEPS = ['delivered', 'read', 'played'] as const

const isStep = (type: string): type is (typeof STEPS)[number] => STEPS.includes(type as never)

function progressOf(state: PhoneState, id: string): Progress {
	const all = (state.progress ??= {})
	const known = all[id]
	if (known) return known
	const ids = Object.keys(all)
	if (ids.length >= KEPT) delete all[ids[0]!]
	return (all[id] = { people: {} })
}

/** The server has taken or refused a message. */
export function noteAck(
	state: PhoneState,
	{ class: what, id, error }: Record<string, string | undefined>,
): void {
	if (what !== 'message' || !id) return
	const progress = progressOf(state, id)
	if (error === undefined) progress.acked = true
	else progress.refusal = Number(error)
}

/** Others have got, read or played messages. A receipt that comes late takes nothing back. */
export function noteReceipts({ state, account, whatsapp }: PhoneContext, receipts: PhoneReceipt[]) {
	for (const { id, type, from } of receipts) {
		const person: Account | undefined = whatsapp.directory.account(from)
		if (!isStep(type) || !person || person === account) continue
		const { people } = progressOf(state, id)
		const known = people[pnOf(person)]
		if (!known || STEPS.indexOf(type) > STEPS.indexOf(known)) people[pnOf(person)] = type
	}
}
