import { z } from '@hono/zod-openapi'
import { captioned, filename, mentionable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { factsOf } from '../media-node.ts'
import { media, type MediaSource } from '../media-source.ts'
import { optional } from '../fields/optional.ts'

export const document = defineMessage({
	type: 'document',
	title: 'Document',
	description: 'A file of any type, sent unchanged.',
	schema: z
		.object({
			document: media({
				title: 'Document',
				description: 'Any file',
				example: 'https://example.com/document.pdf',
			}),
			filename: optional(filename).meta({
				...filename.meta(),
				description: 'Name that recipients see; if left out, the name of the file',
			}),
			mimetype: z
				.string()
				.regex(/^[\w.+-]+\/[\w.+-]+/, 'must be a type such as application/pdf')
				.max(255)
				.optional()
				.meta({
					title: 'MIME Type',
					description: 'Media type of the file; detected if left out',
					examples: ['application/pdf'],
				}),
			...captioned,
			...mentionable,
		})
		.refine(hasName, {
			path: ['filename'],
			error: 'is required, as the file has no name of its own',
		}),
	media: ({ document }) => [{ field: 'document', role: 'document', source: document }],
	toContent({ filename, mimetype, caption }, { files: { document } }) {
		const fileName = filename ?? document?.fileName
		const type = mimetype ?? document?.mimetype
		return { documentMessage: { ...document, fileName, title: fileName, mimetype: type, caption } }
	},
	fromContent({ documentMessage: document }) {
		if (!document) return undefined
		return {
			filename: document.fileName || document.title || undefined,
			caption: document.caption || undefined,
			media: factsOf(document),
		}
	},
	textOf: ({ caption, filename }) => caption || filename,
})

// A part of a form brings its own, and so does what an address or a path ends with.
function hasName({ filename, document }: { filename?: string | undefined; document: MediaSource }) {
	if (filename !== undefined) return true
	if (document.kind === 'upload') return document.filename !== undefined
	if (document.kind === 'path') return true
	return document.kind === 'url' && URL.parse(document.url)?.pathname.endsWith('/') === false
}
