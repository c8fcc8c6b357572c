import type { proto } from '@whiskeysockets/baileys'
import type { z } from '@hono/zod-openapi'
import type { buttonSchema } from '../card.ts'
import { textOfParameters } from './template-parameters.ts'

type Button = z.input<typeof buttonSchema>

/** Reads a button of a template that is filled in. */
export function readTemplateButton(button: proto.IHydratedTemplateButton): Button {
	const { quickReplyButton: reply, urlButton: link, callButton: call } = button
	return {
		...kindOfButton(button),
		label: (reply ?? link ?? call)?.displayText ?? '',
		id: reply?.id || undefined,
		url: link?.url || undefined,
		phone: call?.phoneNumber || undefined,
	}
}

/** Reads a button whose words the phone would look up. */
export function readUnfilledButton(button: proto.ITemplateButton): Button {
	const { quickReplyButton: reply, urlButton: link, callButton: call } = button
	return {
		...kindOfButton(button),
		label: textOfParameters((reply ?? link ?? call)?.displayText) ?? '',
		id: reply?.id || undefined,
		url: textOfParameters(link?.url),
		phone: textOfParameters(call?.phoneNumber),
	}
}

type Kinds = { quickReplyButton?: unknown; urlButton?: unknown; callButton?: unknown }

function kindOfButton({ quickReplyButton, urlButton, callButton }: Kinds): { kind: string } {
	if (quickReplyButton) return { kind: 'quick_reply' }
	if (urlButton) return { kind: 'url' }
	return { kind: callButton ? 'call' : '' }
}
