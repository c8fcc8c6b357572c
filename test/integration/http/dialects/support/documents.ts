import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A request as the document of a system shows it. */
export type Documented = {
	system: string
	name: string
	method: string
	path: string
	headers: Record<string, string>
	body?: Record<string, unknown>
	form?: {
		fields: Record<string, string>
		files: { field: string; filename: string; content_type: string }[]
	}
	/** Which of the answers it gets. */
	answer: string
	/** What a phone decrypts then: WhatsApp's message, or part of it. */
	arrives?: object
	/** What a phone has got unchanged, by its ending. */
	file?: string
	/** What a phone sees, where it gets no message. */
	shows?: 'composing' | 'recording' | 'paused' | 'read'
}

type Documents = { answers: Record<string, object>; requests: Documented[] }

/** The requests of all five documents, and the answers that they show. */
export const { answers, requests } = JSON.parse(
	readFileSync(join(import.meta.dirname, 'seed-requests.json'), 'utf8'),
) as Documents

/** What stands in the place of what documents leave open. */
export type Filling = {
	session: string
	workspace: string
	key: string
	group: string
	/** Of the message that the request is about. */
	message: string
	/** Of its chat. */
	phone: string
	/** Where the files of the documents are. */
	files: string
	picture: Buffer
	/** The ids in the group of who sends and of who else writes there. */
	owner: string
	sari: string
}

/** Rules for what documents leave open, and their examples of hosts; everything else stays as it is. */
const open = (filling: Filling): [RegExp, string][] => [
	[/\{id\}|\{session_id\}|my-session|YOUR_SESSION_ID/g, filling.session],
	[/(?<=instance_id(":"|=))123456789/g, filling.session],
	[/be11c51b-1a5a-4bc9-9cb6-7ee7040ec4d8|YOUR_WORKSPACE_ID/g, filling.workspace],
	[/wask_your_session_key|YOUR_TOKEN|wsk_live_xxxxx/g, filling.key],
	[/YOUR_ACCESS_TOKEN|your-api-key-here/g, filling.key],
	[/3EB0ABC123456789|3EB0(ABC123|DEF456)\.\.\.|3EB0C767D097B7C7A5C1/g, filling.message],
	[/message-id-here/g, filling.message],
	[/false_111\.\.\.AAAA/g, `false_${filling.phone}@c.us_${filling.message}`],
	[/\d+(-\d+)?@g\.us/g, filling.group],
	[/group-id-here/g, filling.group.replace('@g.us', '')],
	[/\{\{ \$json\.phoneNumber \}\}/g, filling.phone],
	[/\{\{ \$json\.firstName \}\}/g, 'Ada'],
	[/https:\/\/(example|yourcdn)\.com/g, filling.files],
	[/\/9j\/4AAQSkZJRg\.\.\./g, filling.picture.toString('base64')],
	[/sha256-hash-of-option/g, Buffer.alloc(32, 1).toString('base64')],
	[/base64-encoded-iv/g, Buffer.alloc(12, 1).toString('base64')],
	[/base64-encoded-payload/g, Buffer.alloc(48, 1).toString('base64')],
	[/<message>/g, filling.message],
	[/<group>/g, filling.group],
	[/<owner>/g, filling.owner],
	[/<sari>/g, filling.sari],
]

/** The request as it can be sent here. */
export function filled(request: Documented, filling: Filling): Documented {
	const words = open(filling).reduce(
		(text, [left, real]) => text.replaceAll(left, () => real),
		JSON.stringify(request),
	)
	return JSON.parse(words) as Documented
}
