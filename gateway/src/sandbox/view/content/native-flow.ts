import type { BubbleButton, BubbleMenu } from '../bubble.ts'
import { some } from './readers.ts'

type Parameters = {
	id?: string
	display_text?: string
	title?: string
	url?: string
	phone_number?: string
	copy_code?: string
	sections?: { title?: string; rows?: { id?: string; title?: string; description?: string }[] }[]
}

/** @returns {} for what is no object: senders may write anything */
function parametersOf(json: string | null | undefined): Parameters {
	try {
		const read: unknown = JSON.parse(json || '{}')
		return typeof read === 'object' && read ? read : {}
	} catch {
		return {}
	}
}

/** What a tap does, by the name of the button. */
const acts: Record<string, (said: Parameters) => Pick<BubbleButton, 'does' | 'value'>> = {
	quick_reply: () => ({ does: 'answer' }),
	cta_url: ({ url = '' }) => ({ does: 'open', value: url }),
	cta_call: ({ phone_number: number = '' }) => ({ does: 'dial', value: number }),
	cta_copy: ({ copy_code: code = '' }) => ({ does: 'copy', value: code }),
}

/** A button of a native flow. @param id of the button, where its parameters name none */
export function flowButton(
	name: string | null | undefined,
	json: string | null | undefined,
	id?: string | null,
): BubbleButton {
	const said = parametersOf(json)
	const act = Object.hasOwn(acts, name ?? '') ? acts[name!]!(said) : { does: 'nothing' as const }
	const label = some(said.display_text) ?? some(said.title) ?? name ?? ''
	return { id: said.id ?? id ?? '', label, ...act }
}

/** The menu that a button of a native flow opens, if it is one. */
export function flowMenu(json: string | null | undefined): BubbleMenu | undefined {
	const { sections, title, display_text: label } = parametersOf(json)
	if (!Array.isArray(sections)) return undefined
	return {
		label: some(title) ?? some(label) ?? 'Choose',
		sections: sections.map(({ title: name = '', rows = [] }) => ({
			title: name,
			rows: rows.map(({ id = '', title: row = '', description }) => ({
				id,
				title: row,
				...(some(description) && { description: description! }),
			})),
		})),
	}
}
