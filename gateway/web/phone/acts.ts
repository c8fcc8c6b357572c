import { ask } from '../data/api.ts'
import { forwarded } from './forwarded.ts'
import type { Pending } from './state.ts'
import { phonePath, store } from './store.ts'

/**
 * Lets the person do something. Nothing is shown of the answer: what follows comes as news; what cannot be done is said
 * above the chat.
 * @returns whether it was done
 */
export async function does(verb: string, said: object = {}): Promise<boolean> {
	return tried(() => ask('POST', `${phonePath()}/${verb}`, said))
}

/** Does something, and says above the chat why it cannot be done. @returns whether it was done */
export async function tried(act: () => Promise<unknown>): Promise<boolean> {
	try {
		await act()
		store.tell({ type: 'problem', problem: undefined })
		return true
	} catch (error) {
		store.tell({ type: 'problem', problem: (error as Error).message })
		return false
	}
}

/** Writes a text; it shows at once, as waiting. */
export async function writes(chat: string, text: string, replyTo?: string): Promise<void> {
	const reply = replyTo && { reply_to: replyTo }
	await sends({ chat, text }, (id) => ({ to: chat, id, text, ...reply }))
}

/** Shows something as waiting, and sends it. */
async function sends(
	shown: Pick<Pending, 'chat' | 'text' | 'isFile'>,
	body: (id: string) => object,
): Promise<void> {
	const id = newId()
	store.tell({ type: 'writes', pending: { ...shown, id, at: Math.floor(Date.now() / 1000) } })
	try {
		await ask('POST', `${phonePath()}/messages`, body(id))
	} catch (error) {
		store.tell({ type: 'unsent', id, why: (error as Error).message })
	}
}

export type FileField = 'image' | 'video' | 'audio' | 'document' | 'sticker'

/** Sends a file, as what its type says that it is; its name shows at once, as waiting. */
export async function sendsFile(
	chat: string,
	file: Blob,
	{ as = fieldOf(file.type), ...fields }: { as?: FileField; caption?: string; ptt?: 'true' } = {},
): Promise<void> {
	const form = new FormData()
	form.set('to', chat)
	for (const [name, value] of Object.entries(fields)) if (value) form.set(name, value)
	form.set(as, file)
	const text = file instanceof File ? file.name : 'A file'
	await sends({ chat, text, isFile: true }, (id) => {
		form.set('id', id)
		return form
	})
}

/** What WhatsApp shows in the chat; everything else is a document. */
function fieldOf(type: string): FileField {
	if (/^image\/(jpeg|png)$/.test(type)) return 'image'
	if (type === 'image/webp') return 'sticker'
	if (type === 'video/mp4') return 'video'
	return type.startsWith('audio/') ? 'audio' : 'document'
}

/** Ids of messages as phones make them. `crypto.randomUUID` is not there over plain http. */
export function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(9))
	return `3A${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`.toUpperCase()
}

/** Sends a message on to another chat, marked as forwarded. */
export async function forwards(id: string, to: string): Promise<boolean> {
	return tried(async () => {
		const { message } = await ask<{ message: Record<string, unknown> }>(
			'GET',
			`${phonePath()}/messages/${id}`,
		)
		await ask('POST', `${phonePath()}/messages`, { to, message: forwarded(message) })
	})
}
