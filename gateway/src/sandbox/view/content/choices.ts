import type { proto } from '@whiskeysockets/baileys'
import type { BubbleButton, BubbleMenu, Choices, Content } from '../bubble.ts'
import { flowButton, flowMenu } from './native-flow.ts'
import { fileOf, headerFile } from './files.ts'
import { some, type Readers } from './readers.ts'

type Texts = { title?: string | null; text?: string | null; footer?: string | null }

/** What stands around something to choose. */
function choices(
	{ title, text, footer }: Texts,
	chosen: { buttons?: BubbleButton[]; menus?: BubbleMenu[] },
): Choices {
	return {
		...(some(title) && { title: title! }),
		text: text ?? '',
		...(some(footer) && { footer: footer! }),
		buttons: chosen.buttons ?? [],
		menus: chosen.menus ?? [],
	}
}

function plainButton(said: proto.Message.ButtonsMessage.IButton): BubbleButton {
	const flow = said.nativeFlowInfo
	const label = some(said.buttonText?.displayText)
	if (!label && flow) return flowButton(flow.name, flow.paramsJson, said.buttonId)
	return { id: said.buttonId ?? '', label: label ?? said.buttonId ?? '', does: 'answer' }
}

function templateButton(said: proto.IHydratedTemplateButton): BubbleButton | undefined {
	const { quickReplyButton: reply, urlButton: url, callButton: call } = said
	if (reply) return { id: reply.id ?? '', label: reply.displayText ?? '', does: 'answer' }
	if (url) return { id: '', label: url.displayText ?? '', does: 'open', ...value(url.url) }
	if (call)
		return { id: '', label: call.displayText ?? '', does: 'dial', ...value(call.phoneNumber) }
	return undefined
}

const value = (text: string | null | undefined) => (text ? { value: text } : {})

const listMenu = ({ buttonText, sections }: proto.Message.IListMessage): BubbleMenu => ({
	label: buttonText || 'Choose',
	sections: (sections ?? []).map(({ title, rows }) => ({
		title: title ?? '',
		rows: (rows ?? []).map(({ rowId, title: name, description }) => ({
			id: rowId ?? '',
			title: name ?? '',
			...(some(description) && { description: description! }),
		})),
	})),
})

type Interactive = proto.Message.IInteractiveMessage

function flowChoices({ header, body, footer, nativeFlowMessage }: Interactive): Choices {
	const buttons = nativeFlowMessage?.buttons ?? []
	const menus = buttons.flatMap((said) => flowMenu(said.buttonParamsJson) ?? [])
	const others = buttons.filter((said) => !flowMenu(said.buttonParamsJson))
	return choices(
		{ title: header?.title, text: body?.text, footer: footer?.text },
		{ menus, buttons: others.map((said) => flowButton(said.name, said.buttonParamsJson)) },
	)
}

function interactive(said: Interactive): Content {
	const cards = said.carouselMessage?.cards ?? []
	if (cards.length)
		return { kind: 'carousel', text: said.body?.text ?? '', cards: cards.map(flowChoices) }
	return { kind: 'native_flow', ...flowChoices(said), ...headerFile(said.header) }
}

function template(said: proto.Message.ITemplateMessage): Content {
	if (said.interactiveMessageTemplate) return { ...interactive(said.interactiveMessageTemplate) }
	const hydrated = said.hydratedTemplate ?? said.hydratedFourRowTemplate
	const texts = {
		title: hydrated?.hydratedTitleText,
		text: hydrated?.hydratedContentText,
		footer: hydrated?.hydratedFooterText,
	}
	const buttons = (hydrated?.hydratedButtons ?? []).flatMap((each) => templateButton(each) ?? [])
	return { kind: 'template', ...choices(texts, { buttons }), ...headerFile(hydrated) }
}

/** Texts with buttons, lists and menus. */
export const choiceReaders: Readers = {
	buttonsMessage: (said) => ({
		kind: 'buttons',
		...choices(
			{ title: said.text, text: said.contentText, footer: said.footerText },
			{ buttons: (said.buttons ?? []).map(plainButton) },
		),
		...headerFile(said),
	}),
	listMessage: (said) => ({
		kind: 'list',
		...choices(
			{ title: said.title, text: said.description, footer: said.footerText },
			{ menus: said.sections?.length ? [listMenu(said)] : [] },
		),
	}),
	interactiveMessage: interactive,
	templateMessage: template,
	highlyStructuredMessage: (said) => ({
		kind: 'template',
		...choices({ title: said.elementName, text: (said.params ?? []).join(', ') }, {}),
	}),
	stickerPackMessage: (said) => ({
		kind: 'document',
		file: { ...fileOf(said), name: said.name ?? 'Sticker pack' },
		...(some(said.caption) && { text: said.caption! }),
	}),
}
