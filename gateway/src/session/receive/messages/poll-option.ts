import type { proto } from '@whiskeysockets/baileys'
import { fieldsOf } from '../../../lib/protobuf-fields.ts'
import { unwrap } from '../../../messages/wrappers.ts'

// WAWebProtobufsE2E: Message 121 is a PollAddOptionMessage, its 2 the option, and 1 in that the name. Baileys' proto
// does not have it.
const PATH = [121, 2, 1]

/** The name of the option that a message adds to a poll; undefined if it adds none. */
export function addedOptionIn(message: Uint8Array): string | undefined {
	let found: Uint8Array | number | undefined = message
	for (const number of PATH) {
		if (!(found instanceof Uint8Array)) return undefined
		found = fieldsOf(found).get(number)
	}
	return found instanceof Uint8Array ? Buffer.from(found).toString() : undefined
}

const kinds = [
	'pollCreationMessage',
	'pollCreationMessageV2',
	'pollCreationMessageV3',
	'pollCreationMessageV5',
] as const

/** A poll with one more option; undefined for another message. */
export function withOption(message: proto.IMessage, name: string): proto.IMessage | undefined {
	const { content } = unwrap(message)
	const kind = kinds.find((one) => content[one])
	if (!kind) return undefined
	const { options, ...poll } = content[kind]!
	const others = (options ?? []).filter(({ optionName }) => optionName !== name)
	return { [kind]: { ...poll, options: [...others, { optionName: name }] } }
}
