import type { Content } from '../bubble.ts'
import { fieldsOf, unwrap, type ProtoMessage } from '../proto.ts'
import { businessReaders } from './business.ts'
import { choiceReaders } from './choices.ts'
import { fileReaders } from './files.ts'
import { invitationReaders } from './invitations.ts'
import { placeReaders } from './contacts.ts'
import { pollReaders } from './polls.ts'
import type { Readers } from './readers.ts'
import { systemReaders } from './system.ts'
import { textReaders } from './texts.ts'

const readers: Readers = {
	...textReaders,
	...fileReaders,
	...placeReaders,
	...pollReaders,
	...choiceReaders,
	...businessReaders,
	...invitationReaders,
	...systemReaders,
}

/** What a message says. @returns undefined for one that only brings keys */
export function describe(message: ProtoMessage): Content | undefined {
	const { content, once } = unwrap(message)
	if (content.commentMessage?.message) return describe(content.commentMessage.message)
	const fields = fieldsOf(content)
	for (const [name, value] of fields) {
		const read = readers[name as keyof Readers] as ((said: unknown) => Content) | undefined
		const said = read?.(value)
		if (said) return once && 'file' in said ? ({ ...said, once: true } as Content) : said
	}
	const [name] = fields[0] ?? []
	return name === undefined ? undefined : { kind: 'other', name }
}
