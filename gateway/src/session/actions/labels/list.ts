import type { SessionState } from '../../state/index.ts'
import { matches } from '../matches.ts'
import { findLabel } from './find-label.ts'

export type LabelSummary = {
	label_id: string
	name: string
	/** Its number in WhatsApp's list. */
	color: number
	color_hex: string | null
	/** How many chats and messages have it. */
	chats: number
	messages: number
}

type Labelled = Pick<SessionState, 'labels'>

/** The colors of labels, as WhatsApp Web shows them. */
export const labelColors = [
	...['#ff9485', '#64c4ff', '#ffd429', '#dfaef0', '#99b6c1', '#55ccb3', '#ff9dff'],
	...['#d3a91d', '#6d7cce', '#d7e752', '#00d0e2', '#ffc5c7', '#93ceac', '#f74848'],
	...['#00a0f2', '#83e422', '#ffaf04', '#b5ebff', '#9ba6ff', '#9368cf'],
]

/** The labels of the account, by name. */
export const listLabels = (state: Labelled, search = ''): LabelSummary[] =>
	[...state.labels.all()]
		.filter(([, { deleted, name }]) => !deleted && matches(search, name))
		.map(([id]) => labelSummary(state, id))
		.sort((a, b) => a.name.localeCompare(b.name))

/** @throws GatewayError label_not_found */
export function labelSummary(state: Labelled, id: string): LabelSummary {
	const { name, color } = findLabel(state, id)
	const its = state.labels.assignments().filter(({ label_id }) => label_id === id)
	const chats = its.filter(({ message_id }) => message_id === null).length
	const color_hex = labelColors[color] ?? null
	return { label_id: id, name, color, color_hex, chats, messages: its.length - chats }
}
