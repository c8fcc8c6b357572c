import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Endpoint } from '../dialect.ts'
import type { Translation } from '../send.ts'
import { refused } from './errors.ts'
import type { Sender } from './send.ts'

const label = z.string().min(1)

const button = z.discriminatedUnion('type', [
	z.object({ type: z.literal('reply'), displayText: label, id: label }),
	z.object({ type: z.literal('copy'), displayText: label, copyCode: label }),
	z.object({ type: z.literal('url'), displayText: label, url: label }),
	z.object({ type: z.literal('call'), displayText: label, phoneNumber: label }),
	z.object({
		type: z.literal('pix'),
		currency: z.string().min(1).default('BRL'),
		name: label,
		keyType: z.enum(['phone', 'email', 'cpf', 'cnpj', 'random']),
		key: label,
	}),
])

type Button = z.output<typeof button>
type Pix = Extract<Button, { type: 'pix' }>

const fields = {
	title: z.string().optional(),
	description: z.string().optional(),
	footer: z.string().optional(),
	thumbnailUrl: z.string().optional(),
	buttons: z.array(button).optional(),
}

type Buttons = z.output<z.ZodObject<typeof fields>>

/** `POST /message/sendButtons/{instance}`: buttons that answer, copy, open a link, call, or pay by Pix. */
export const buttonSends = ({ numbered }: Sender): Endpoint =>
	numbered({
		name: 'sendButtons',
		summary: 'Send buttons',
		fields,
		translate: buttonsOf,
	})

const MOST_REPLIES = 3

function buttonsOf({
	title,
	description,
	footer,
	thumbnailUrl,
	buttons = [],
}: Buttons): Translation {
	checkMix(buttons)
	const pix = buttons.find(({ type }) => type === 'pix')
	const head = title ? `*${title}*` : ''
	const text = [head, description].filter(Boolean).join('\n\n')
	if (!text && !pix) throw refused('Title is required')
	return {
		type: 'interactive',
		fields: {
			// WhatsApp shows no such message without a text.
			body_text: text || (pix as Pix).name,
			footer_text: footer || undefined,
			...(thumbnailUrl && { header_image: { url: thumbnailUrl } }),
			buttons: buttons.map((button) => ({
				name: names[button.type],
				button_params_json: JSON.stringify(parametersOf(button)),
			})),
		},
		names: { body_text: 'title', footer_text: 'footer', header_image: 'thumbnailUrl' },
	}
}

/** Which buttons go together. @throws GatewayError invalid_request in the words of Evolution */
function checkMix(buttons: readonly Button[]): void {
	const count = (type: Button['type']) => buttons.filter((button) => button.type === type).length
	const [replies, pix] = [count('reply'), count('pix')]
	if (!buttons.length) throw refused('At least one button is required')
	if (replies > MOST_REPLIES) throw refused('Maximum of 3 reply buttons allowed')
	if (replies && replies < buttons.length)
		throw refused('Reply buttons cannot be mixed with other button types')
	if (pix > 1) throw refused('Only one PIX button is allowed')
	if (pix && buttons.length > 1) throw refused('PIX button cannot be mixed with other button types')
}

/** WhatsApp's names of the buttons. */
const names: Record<Button['type'], string> = {
	reply: 'quick_reply',
	copy: 'cta_copy',
	url: 'cta_url',
	call: 'cta_call',
	pix: 'payment_info',
}

function parametersOf(button: Button): Record<string, unknown> {
	switch (button.type) {
		case 'reply':
			return { display_text: button.displayText, id: button.id }
		case 'copy':
			return { display_text: button.displayText, copy_code: button.copyCode }
		case 'url':
			return { display_text: button.displayText, url: button.url, merchant_url: button.url }
		case 'call':
			return { display_text: button.displayText, phone_number: button.phoneNumber }
		case 'pix':
			return paymentOf(button)
	}
}

const keyTypes = { phone: 'PHONE', email: 'EMAIL', cpf: 'CPF', cnpj: 'CNPJ', random: 'EVP' }

/** An order without goods or amount, which is paid to a Pix key. */
function paymentOf({ currency, name, keyType, key }: Pix) {
	const nothing = { value: 0, offset: 100 }
	const item = { name: '', amount: nothing, quantity: 0, sale_amount: nothing }
	return {
		currency,
		total_amount: nothing,
		// The same request has the same one: a repetition is no other payment.
		reference_id: createHash('sha256').update(`${name}\n${key}`).digest('hex').slice(0, 11),
		type: 'physical-goods',
		order: { status: 'pending', subtotal: nothing, order_type: 'ORDER', items: [item] },
		payment_settings: [
			{
				type: 'pix_static_code',
				pix_static_code: { merchant_name: name, key, key_type: keyTypes[keyType] },
			},
		],
		share_payment_status: false,
	}
}
