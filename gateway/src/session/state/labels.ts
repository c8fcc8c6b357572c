import { isDeepStrictEqual } from 'node:util'
import type { Identity } from '../../events/identity.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { jidsOf } from '../identity.ts'
import { latest } from './latest.ts'

export type Label = {
	name: string
	color: number
	deleted: boolean
	/** Of one that WhatsApp has made. */
	predefined_id?: number | undefined
}

/** A label on a chat, or on one message in it. */
export type Assignment = { label_id: string; chat: string; message_id: string | null }

/** The labels of a business account and what has them. WhatsApp tells each once; in memory. */
export async function openLabels(state: StateStore) {
	const known = (await state.list('label')) as Map<string, Label>
	const assigned = (await state.list('label-assignment')) as Map<string, Assignment>

	const idOf = (label: string, chat: string, message: string | null) =>
		[label, chat, ...(message === null ? [] : [message])].join(' ')

	const present = (): Assignment[] =>
		[...assigned.values()].filter(({ label_id }) => known.get(label_id)?.deleted !== true)

	return {
		/** By id; deleted ones too, since their ids are not used again. */
		all: (): ReadonlyMap<string, Label> => known,
		assignments: present,
		/** The ids of the labels of a chat itself. @param chats every jid of it */
		of: (chats: readonly string[]): string[] =>
			present()
				.filter(({ chat, message_id }) => message_id === null && chats.includes(chat))
				.map(({ label_id }) => label_id),
		/** @returns nothing if it was so before */
		set(id: string, label: Label): Change[] {
			if (isDeepStrictEqual(known.get(id), label)) return []
			known.set(id, label)
			return [latest('label', id, known)]
		},
		/** Notes that a chat, or a message in it, has a label or no longer has it. @returns nothing if it was so before */
		assign(label: string, chat: Identity, message: string | null, isOn: boolean): Change[] {
			const ids = jidsOf(chat).map((jid) => idOf(label, jid, message))
			const kept = ids.find((id) => assigned.has(id))
			if (isOn === (kept !== undefined)) return []
			const id = kept ?? idOf(label, chat.id, message)
			if (isOn) assigned.set(id, { label_id: label, chat: chat.id, message_id: message })
			else assigned.delete(id)
			return [latest('label-assignment', id, assigned)]
		},
	}
}

export type Labels = Awaited<ReturnType<typeof openLabels>>
