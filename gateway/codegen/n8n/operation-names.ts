import type { MessageDefinition } from '../../src/messages/define.ts'
import { description, lowered, titleCase, withArticle } from './text-case.ts'

type OperationNames = { name: string; action: string; description: string }

/** Titles that already say what is done. */
const verbs =
	/^(Answer|Cancel|Decline|Delete|Edit|Forward|Keep|Limit|Mark|Pin|React|Remove|Reply|Request|Respond|Revoke|Send|Set|Share|Star|Unkeep|Unpin|Unstar|Update|Vote)\b/

/** Where a title alone would not be found, or would read badly. */
const spoken: Record<string, string> = {
	text: 'Send a text message',
	image: 'Send an image',
	voice: 'Send a voice note',
	react: 'React to a message',
	reaction: 'React to a message',
	edit: 'Edit a message',
	revoke: 'Delete a message for everyone',
	delete: 'Delete a message for everyone',
	pin: 'Pin a message',
	keep: 'Keep a message',
	'member-tag': 'Set the own tag in a group',
	forward: 'Forward a message',
	read: 'Mark messages as read',
	'buttons-response': 'Answer buttons: tap one of a message',
	'list-response': 'Answer a list: pick a row of a message',
	'interactive-response': 'Answer an interactive message',
	'template-button-reply': 'Answer a template',
	'poll-update': 'Vote in a poll',
	'limit-sharing': 'Limit sharing of a chat',
	'send-payment': 'Send a payment notice',
	'view-once': 'Send a view once image or video',
	'video-note': 'Send a video note',
	interactive: 'Send an interactive message',
	'highly-structured': 'Send a highly structured message',
	buttons: 'Send a message with buttons',
	list: 'Send a message with a list',
}

/** What n8n calls an operation: in the list, in the search of the node panel, and below its name. */
export function operationNamesOf({
	type,
	title,
	description: words,
}: MessageDefinition): OperationNames {
	const name = verbs.test(title) ? titleCase(title) : `Send ${titleCase(title)}`
	return { name, action: spoken[type] ?? actionOf(title), description: description(words) }
}

function actionOf(title: string): string {
	if (!verbs.test(title)) return `Send ${withArticle(lowered(title))}`
	const [verb, ...rest] = title.split(' ')
	return rest.length ? `${verb} ${withArticle(lowered(rest.join(' ')))}` : `${verb} a message`
}
