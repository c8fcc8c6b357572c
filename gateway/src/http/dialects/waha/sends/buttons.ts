import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../../dialect.ts'
import { fileField, sourceOf } from '../file.ts'
import { optionalText } from '../fields.ts'
import { addressed, commonFields, names } from './common.ts'
import { sendingIn } from './sending.ts'

const text = z.string().min(1)

const button = z.discriminatedUnion('type', [
	z.object({ type: z.literal('reply'), text, id: optionalText }),
	z.object({ type: z.literal('url'), text, url: text }),
	z.object({ type: z.literal('call'), text, phoneNumber: text }),
	z.object({ type: z.literal('copy'), text, copyCode: text }),
])

type Button = z.output<typeof button>

const MOST_BUTTONS = 4

/** `POST /api/sendButtons`, which WAHA deprecates. */
export const buttons = (services: Services): Endpoint =>
	sendingIn(services)({
		path: '/api/sendButtons',
		summary: 'Send buttons',
		body: z.object({
			...commonFields,
			header: optionalText,
			headerImage: fileField.nullish(),
			body: optionalText,
			footer: optionalText,
			buttons: z.array(button).min(1).max(MOST_BUTTONS),
		}),
		translate: async ({ header, headerImage, body, footer, buttons, ...given }, session) => ({
			type: 'interactive',
			fields: {
				...(await addressed(session, given)),
				// WhatsApp shows no such message without a text.
				body_text: body ?? header ?? buttons[0]!.text,
				header_text: body === undefined || headerImage ? undefined : header,
				footer_text: footer,
				...(headerImage && { header_image: sourceOf(headerImage) }),
				buttons: buttons.map((button, index) => ({
					name: kinds[button.type],
					button_params_json: JSON.stringify(parametersOf(button, index)),
				})),
			},
			names: {
				...names,
				...{ body_text: 'body', header_text: 'header', footer_text: 'footer' },
				header_image: 'headerImage',
			},
		}),
	})

/** WhatsApp's names of the buttons. */
const kinds = { reply: 'quick_reply', url: 'cta_url', call: 'cta_call', copy: 'cta_copy' }

function parametersOf(button: Button, index: number): Record<string, unknown> {
	const { text: display_text } = button
	switch (button.type) {
		case 'reply':
			return { display_text, id: button.id ?? String(index) }
		case 'url':
			return { display_text, url: button.url, merchant_url: button.url }
		case 'call':
			return { display_text, phone_number: button.phoneNumber }
		case 'copy':
			return { display_text, copy_code: button.copyCode }
	}
}
