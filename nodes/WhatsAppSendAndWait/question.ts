import type { IDataObject, IExecuteFunctions } from 'n8n-workflow'
import { jsonObject } from '../shared/body'
import type { Labels } from '../shared/labels'
import { valueOf } from '../shared/values'
import { responseTypes } from './message-types'

/** The body of a message for the gateway. */
export interface Question {
	type: string
	body: IDataObject
}

/** What the panel calls the fields of such a body. */
export const labels: Labels = {
	to: 'Recipient',
	text: 'Question',
	name: 'Question',
	content_text: 'Question',
	description: 'Question',
	title: 'List Title',
	button_text: 'List Button',
	options: 'Choices',
	buttons: 'Choices',
	'buttons.display_text': 'Text',
	sections: 'List',
	'sections.rows': 'Choices',
	'sections.rows.title': 'Text',
}

const row = (title: string): IDataObject => ({ title })

const button = (label: string): IDataObject => ({ display_text: label })

/** The question, made of the node's parameters. */
export function questionOf(node: IExecuteFunctions): Question {
	const kind = node.getNodeParameter('kind', 0) as string
	if (kind === 'other') return otherMessage(node)
	const question = String(node.getNodeParameter('question', 0))
	if (kind === 'text') return { type: 'text', body: { text: question } }
	const choices = valueOf(node.getNodeParameter('choices', 0, ''), 'lines') as string[]
	if (kind === 'poll')
		return { type: 'poll', body: { name: question, options: choices, selectable_count: 1 } }
	if (kind === 'buttons')
		return { type: 'buttons', body: { content_text: question, buttons: choices.map(button) } }
	const { listTitle, listButton } = node.getNodeParameter('options', 0, {}) as IDataObject
	const sections = [{ title: '', rows: choices.map(row) }]
	const title = listTitle || 'Please choose'
	const body = { title, description: question, button_text: listButton || 'Choose', sections }
	return { type: 'list', body }
}

function otherMessage(node: IExecuteFunctions): Question {
	const body = jsonObject(node, 'Message Fields', node.getNodeParameter('messageFields', 0))
	const type = node.getNodeParameter('messageType', 0) as string
	return { type: encodeURIComponent(type), body }
}

/** What counts as an answer, in the words of a webhook. */
export interface Wanted {
	events: string[]
	/** The types of messages; left out, any message is one. */
	types?: string[]
}

/** What counts as an answer to such a question. */
export function wantedBy(kind: string, { reactions, texts = true }: IDataObject): Wanted {
	const isPoll = kind === 'poll'
	const mayBeVote = isPoll || kind === 'other'
	const takesAny = kind === 'text' || texts === true
	return {
		events: [
			...(takesAny || !isPoll ? ['message.received'] : []),
			...(mayBeVote ? ['poll.vote', 'event.response'] : []),
			...(reactions ? ['message.reaction'] : []),
		],
		...(!takesAny && !isPoll && { types: responseTypes }),
	}
}
