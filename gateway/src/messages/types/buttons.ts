import { z } from '@hono/zod-openapi'
import { readFlowButton } from '../card.ts'
import { withIds } from '../fields/choice-ids.ts'
import { fields } from '../fields/choices.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const RESPONSE = 1 // ButtonsMessage.Button.Type
const EMPTY = 1 // ButtonsMessage.HeaderType
const TEXT = 2

const button = z.object({
	display_text: fields.label('Label', 'Text on the button', 'Option 1'),
	button_id: fields.id('btn_1'),
})

const choicesOf = ({ buttons }: { buttons: z.output<typeof button>[] }) =>
	withIds(buttons.map(({ button_id: id, display_text: text }) => ({ id, text })))

export const buttons = defineMessage({
	type: 'buttons',
	title: 'Buttons',
	description: `A text with up to three reply buttons. ${unverified}`,
	schema: z.object({
		content_text: fields.body('Please choose an option'),
		footer: fields.footer,
		buttons: z
			.array(button)
			.min(1)
			.max(3)
			.meta({
				title: 'Buttons',
				description: 'One to three',
				examples: [
					[
						{ display_text: 'Option 1', button_id: 'btn_1' },
						{ display_text: 'Option 2', button_id: 'btn_2' },
					],
				],
			}),
		header_text: fields.header,
	}),
	choicesOf,
	toContent: ({ content_text: contentText, footer: footerText, buttons, header_text: text }) => ({
		buttonsMessage: {
			contentText,
			footerText,
			headerType: text ? TEXT : EMPTY,
			...(text && { text }),
			buttons: choicesOf({ buttons }).map(({ id, text }) => ({
				buttonId: id,
				buttonText: { displayText: text },
				type: RESPONSE,
			})),
		},
	}),
	fromContent({ buttonsMessage: message }) {
		if (!message) return undefined
		return {
			content_text: message.contentText ?? '',
			footer: message.footerText || undefined,
			header_text: message.text || undefined,
			buttons: (message.buttons ?? []).map(({ buttonId, buttonText, nativeFlowInfo: flow }) => ({
				button_id: buttonId ?? '',
				display_text:
					buttonText?.displayText ||
					readFlowButton({ name: flow?.name, buttonParamsJson: flow?.paramsJson }).label,
			})),
		}
	},
	textOf: ({ content_text: text, buttons }) =>
		[text, ...(buttons ?? []).map(({ display_text: label }) => `- ${label}`)].join('\n'),
	stanza: () => ({
		nodes: [{ tag: 'biz', attrs: {}, content: [{ tag: 'buttons', attrs: {} }] }],
	}),
})
