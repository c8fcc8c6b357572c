import { z } from 'zod'
import { node, type BinaryNode } from '../wire/node.ts'

const attribute = z.union([z.string(), z.number()])

/** `{tag, attrs?, content?}`; the content is a text or a list of nodes. */
const stanzaNode: z.ZodType<BinaryNode> = z
	.strictObject({
		tag: z.string().min(1),
		attrs: z.record(z.string(), attribute).default({}),
		get content() {
			return z.union([z.string(), z.array(stanzaNode)]).optional()
		},
	})
	.transform(({ tag, attrs, content }) =>
		node(tag, attrs, typeof content === 'string' ? Buffer.from(content) : content),
	)

/** What is unusual about a message's stanza, as the recipient's devices get it. */
export const stanza = z.strictObject({
	attrs: z.record(z.string(), attribute.nullable()).optional(),
	enc: z.boolean().optional(),
	children: z.array(stanzaNode).optional(),
})
