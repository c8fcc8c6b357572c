import { proto } from '@whiskeysockets/baileys'
import { contentOf } from './content.ts'
import { quoting, type FoundMessage } from './find-message.ts'
import { PhoneError } from './phone-error.ts'

/** A button as the person sees it, and the reply that a tap sends. */
type Choice = {
	id: string
	label: string
	answer: (contextInfo: proto.IContextInfo) => proto.IMessage
}

const { Type: ButtonsResponseType } = proto.Message.ButtonsResponseMessage
const { ListType } = proto.Message.ListResponseMessage

const plainButtons = ({ buttonsMessage }: proto.IMessage): Choice[] =>
	(buttonsMessage?.buttons ?? []).map(({ buttonId, buttonText }) => {
		const [id, label] = [buttonId ?? '', buttonText?.displayText ?? '']
		const type = ButtonsResponseType.DISPLAY_TEXT
		const said = { selectedButtonId: id, selectedDisplayText: label, type }
		return {
			id,
			label,
			answer: (contextInfo) => ({ buttonsResponseMessage: { ...said, contextInfo } }),
		}
	})

function templateButtons({ templateMessage }: proto.IMessage): Choice[] {
	const template = templateMessage?.hydratedTemplate ?? templateMessage?.hydratedFourRowTemplate
	return (template?.hydratedButtons ?? []).flatMap(({ quickReplyButton, index }) => {
		if (!quickReplyButton) return []
		const [id, label] = [quickReplyButton.id ?? '', quickReplyButton.displayText ?? '']
		const said = { selectedId: id, selectedDisplayText: label, selectedIndex: index }
		const answer = (contextInfo: proto.IContextInfo) => ({
			templateButtonReplyMessage: { ...said, contextInfo },
		})
		return [{ id, label, answer }]
	})
}

type FlowParams = {
	id?: string
	display_text?: string
	sections?: { rows?: { id: string; title: string; description?: string }[] }[]
}

const flowAnswer = (name: string, id: string, label: string): Choice => ({
	id,
	label,
	answer: (contextInfo) => ({
		interactiveResponseMessage: {
			body: { text: label, format: proto.Message.InteractiveResponseMessage.Body.Format.DEFAULT },
			contextInfo,
			nativeFlowResponseMessage: { name, paramsJson: JSON.stringify({ id }), version: 3 },
		},
	}),
})

/** Buttons and the rows of menus; those that open a page or a call answer nothing. */
function flowChoices({ interactiveMessage, templateMessage }: proto.IMessage) {
	const interactive = interactiveMessage ?? templateMessage?.interactiveMessageTemplate
	const cards = interactive?.carouselMessage?.cards ?? []
	const parts = [interactive, ...cards].flatMap((part) => part?.nativeFlowMessage?.buttons ?? [])
	return parts.flatMap(({ name, buttonParamsJson }) => {
		const params = JSON.parse(buttonParamsJson || '{}') as FlowParams
		const rows = (params.sections ?? []).flatMap((section) => section.rows ?? [])
		if (name === 'quick_reply')
			return [{ isRow: false, ...flowAnswer(name, params.id ?? '', params.display_text ?? '') }]
		return rows.map(({ id, title }) => ({ isRow: true, ...flowAnswer('menu_options', id, title) }))
	})
}

const listRows = ({ listMessage }: proto.IMessage): Choice[] =>
	(listMessage?.sections ?? [])
		.flatMap(({ rows }) => rows ?? [])
		.map(({ rowId, title, description }) => ({
			id: rowId ?? '',
			label: title ?? '',
			answer: (contextInfo) => ({
				listResponseMessage: {
					title,
					description,
					listType: ListType.SINGLE_SELECT,
					singleSelectReply: { selectedRowId: rowId },
					contextInfo,
				},
			}),
		}))

function choose(among: Choice[], wanted: string, on: FoundMessage, what: string): proto.IMessage {
	const chosen = among.find(({ id, label }) => id === wanted || label === wanted)
	if (chosen) return chosen.answer(quoting(on))
	const there = among.map(({ id, label }) => `${id} (${label})`).join(', ')
	throw new PhoneError(`Message ${on.id} has no ${what} ${wanted}. It has: ${there || 'none'}.`)
}

/** The reply that a tap on a button sends. @param button its id or its label */
export function replyToButton(on: FoundMessage, button: string): proto.IMessage {
	const content = contentOf(on.message)
	const buttons = flowChoices(content).filter(({ isRow }) => !isRow)
	const all = [...plainButtons(content), ...templateButtons(content), ...buttons]
	return choose(all, button, on, 'button')
}

/** The reply that choosing a row of a list or menu sends. @param row its id or its title */
export function replyToList(on: FoundMessage, row: string): proto.IMessage {
	const content = contentOf(on.message)
	const rows = flowChoices(content).filter(({ isRow }) => isRow)
	return choose([...listRows(content), ...rows], row, on, 'row')
}
