import type { proto } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'
import { factsOf } from './media-node.ts'

/** A button of a template or card that came in. */
export const buttonSchema = z.object({
	kind: z.string().meta({
		description: '`quick_reply`, `url`, `call`, `copy`, or WhatsApp’s own name of another kind',
	}),
	label: z.string(),
	id: z.string().optional().meta({ description: 'What a tap on a `quick_reply` sends back' }),
	url: z.string().optional(),
	phone: z.string().optional(),
	code: z.string().optional().meta({ description: 'What `copy` copies' }),
})

/** What a template and a card of a carousel say. */
export const cardFields = {
	title: z.string().optional(),
	text: z.string().optional(),
	footer: z.string().optional(),
	buttons: z.array(buttonSchema),
}

const facts = z.object({
	mimetype: z.string().optional(),
	size: z.number().optional().meta({ description: 'Bytes' }),
	filename: z.string().optional(),
	width: z.number().optional(),
	height: z.number().optional(),
	seconds: z.number().optional(),
	pages: z.number().optional(),
	animated: z.boolean().optional(),
})

/** A card of a carousel. */
export const cardSchema = z.object({ ...cardFields, media: facts.optional() })

type InteractiveMessage = proto.Message.IInteractiveMessage
type Button = z.input<typeof buttonSchema>

/** Reads what an interactive message says, as a card of a carousel or as a template. */
export function readCard({ header, body, footer, nativeFlowMessage }: InteractiveMessage) {
	const file = header?.imageMessage ?? header?.videoMessage ?? header?.documentMessage
	return {
		title: [header?.title, header?.subtitle].filter(Boolean).join('\n') || undefined,
		text: body?.text || undefined,
		footer: footer?.text || undefined,
		buttons: (nativeFlowMessage?.buttons ?? []).map(readFlowButton),
		...(file && { media: factsOf(file) }),
	}
}

/** What can be read aloud of a card. */
export const textOfCard = ({ title, text }: { title?: string; text?: string }) => text ?? title

const kinds: Record<string, string> = { cta_url: 'url', cta_call: 'call', cta_copy: 'copy' }

/** Reads a button of a "native flow", which has its label and its action as JSON. */
export function readFlowButton({
	name,
	buttonParamsJson,
}: proto.Message.InteractiveMessage.NativeFlowMessage.INativeFlowButton): Button {
	const given = parametersIn(buttonParamsJson)
	const text = (field: string) => (typeof given[field] === 'string' ? given[field] : undefined)
	return {
		kind: kinds[name ?? ''] ?? name ?? '',
		label: text('display_text') ?? text('title') ?? '',
		id: text('id'),
		url: text('url'),
		phone: text('phone_number'),
		code: text('copy_code'),
	}
}

function parametersIn(json: string | null | undefined): Record<string, unknown> {
	try {
		const parsed: unknown = JSON.parse(json || '{}')
		return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
	} catch {
		return {}
	}
}
