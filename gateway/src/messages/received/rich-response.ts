import type { proto } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'
import { defineReceived } from '../define.ts'
import { readableText } from '../readable-text.ts'

const partSchema = z.object({
	kind: z.enum(['text', 'code', 'table', 'formula', 'image', 'map', 'video', 'other']),
	text: z.string().optional(),
	language: z.string().optional().meta({ description: 'Of code' }),
	urls: z.array(z.string()).optional(),
})

type Part = z.input<typeof partSchema>
type SubMessage = proto.IAIRichResponseSubMessage

export const richResponse = defineReceived({
	type: 'rich-response',
	title: 'Rich Response',
	description: 'The answer of an AI: texts, code, tables and images.',
	schema: z.object({ parts: z.array(partSchema) }),
	fromContent({ richResponseMessage: response }) {
		if (!response) return undefined
		const parts = (response.submessages ?? []).map(readPart)
		return { parts: parts.length ? parts : readUnified(response.unifiedResponse?.data) }
	},
	textOf: ({ parts }) =>
		parts
			.map(({ text }) => text)
			.filter(Boolean)
			.join('\n\n') || undefined,
})

function readPart(part: SubMessage): Part {
	for (const read of readers) {
		const found = read(part)
		if (found) return { ...found, text: found.text || part.messageText || undefined }
	}
	return part.messageText ? { kind: 'text', text: part.messageText } : { kind: 'other' }
}

const readers: ((part: SubMessage) => Part | null | undefined)[] = [
	({ codeMetadata: code }) =>
		code && {
			kind: 'code',
			text: code.codeBlocks?.map(({ codeContent }) => codeContent ?? '').join(''),
			language: code.codeLanguage || undefined,
		},
	({ tableMetadata: table }) =>
		table && {
			kind: 'table',
			text: [table.title, ...(table.rows ?? []).map(({ items }) => items?.join(' | '))]
				.filter(Boolean)
				.join('\n'),
		},
	({ latexMetadata: latex }) =>
		latex && {
			kind: 'formula',
			text: latex.text || latex.expressions?.map((one) => one.latexExpression ?? '').join('\n'),
		},
	({ imageMetadata: image }) =>
		image && {
			kind: 'image',
			text: image.imageText ?? undefined,
			urls: urlsOf([image.imageUrl]),
		},
	({ gridImageMetadata: grid }) =>
		grid && {
			kind: 'image',
			urls: urlsOf(grid.imageUrls?.length ? grid.imageUrls : [grid.gridImageUrl]),
		},
	({ dynamicMetadata: animation }) =>
		animation && { kind: 'image', urls: animation.url ? [animation.url] : [] },
	({ mapMetadata: map }) => map && { kind: 'map', text: readableText(map.annotations) },
	({ contentItemsMetadata: content }) =>
		content && {
			kind: 'video',
			text: readableText(content),
			urls: (content.itemsMetadata ?? []).flatMap(({ reelItem }) => reelItem?.videoUrl || []),
		},
]

const urlsOf = (images: (proto.IAIRichResponseImageURL | null | undefined)[]) =>
	images.flatMap((image) => image?.imageHighResUrl || image?.imagePreviewUrl || [])

/** Newer clients get the whole answer as JSON, of which only the texts are known. */
function readUnified(data: Uint8Array | null | undefined): Part[] {
	try {
		const text = readableText(JSON.parse(Buffer.from(data ?? []).toString()))
		return text ? [{ kind: 'text', text }] : []
	} catch {
		return []
	}
}
