import type { proto } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'
import { cardFields, cardSchema, readCard, textOfCard } from '../card.ts'
import { defineReceived } from '../define.ts'
import { readPlace } from '../fields/read-place.ts'
import { readTemplateButton, readUnfilledButton } from './template-buttons.ts'
import { textOfParameters } from './template-parameters.ts'

const place = z.object({
	latitude: z.number(),
	longitude: z.number(),
	name: z.string().optional(),
	address: z.string().optional(),
})

const schema = z.object({
	...cardFields,
	template_id: z.string().optional(),
	location: place.optional(),
	cards: z.array(cardSchema).optional().meta({ description: 'The cards of a carousel' }),
	masked: z
		.boolean()
		.optional()
		.meta({ description: 'Whether WhatsApp shows the content on the phone only' }),
})

type Fields = z.input<typeof schema>

export const template = defineReceived({
	type: 'template',
	title: 'Template',
	description:
		'A message that a business has had approved: a one-time code, a confirmation, an offer, with buttons.',
	schema,
	fromContent({ templateMessage, highlyStructuredMessage }) {
		const message = templateMessage ?? highlyStructuredMessage?.hydratedHsm
		return message ? readTemplate(message) : undefined
	},
	textOf: textOfCard,
})

/** One template may come in several forms at once: the first that says something counts. */
function readTemplate(message: proto.Message.ITemplateMessage): Fields {
	const forms = [
		readFilled(message.hydratedTemplate),
		readFilled(message.hydratedFourRowTemplate),
		readInteractive(message.interactiveMessageTemplate),
		readUnfilled(message.fourRowTemplate),
	].filter((form) => form !== undefined)
	const says = ({ title, text, buttons }: Fields) => !!title || !!text || buttons.length > 0
	const fields = forms.find(says) ?? forms[0] ?? { buttons: [] }
	return { ...fields, template_id: message.templateId || fields.template_id }
}

type Filled = proto.Message.TemplateMessage.IHydratedFourRowTemplate

function readFilled(template: Filled | null | undefined): Fields | undefined {
	if (!template) return undefined
	return {
		title: template.hydratedTitleText || undefined,
		text: template.hydratedContentText || undefined,
		footer: template.hydratedFooterText || undefined,
		buttons: (template.hydratedButtons ?? []).map(readTemplateButton),
		template_id: template.templateId || undefined,
		location: readPlace(template.locationMessage),
		...(template.maskLinkedDevices && { masked: true }),
	}
}

function readInteractive(
	template: proto.Message.IInteractiveMessage | null | undefined,
): Fields | undefined {
	if (!template) return undefined
	const { media: _, ...said } = readCard(template)
	const cards = template.carouselMessage?.cards?.map(readCard)
	return {
		...said,
		location: readPlace(template.header?.locationMessage),
		...(cards?.length && { cards }),
	}
}

type Unfilled = proto.Message.TemplateMessage.IFourRowTemplate

/** A template whose words the phone would look up; its parameters are what can be read of it. */
function readUnfilled(template: Unfilled | null | undefined): Fields | undefined {
	if (!template) return undefined
	return {
		title: textOfParameters(template.highlyStructuredMessage),
		text: textOfParameters(template.content),
		footer: textOfParameters(template.footer),
		buttons: (template.buttons ?? []).map(readUnfilledButton),
		location: readPlace(template.locationMessage),
	}
}
