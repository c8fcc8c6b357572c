import type { Content } from '../bubble.ts'
import { some, type Readers } from './readers.ts'

const text = (said: string | null | undefined): Content => ({ kind: 'text', text: said ?? '' })

/** Texts, and the answers that a tap on a button or a row sends. */
export const textReaders: Readers = {
	conversation: (said) => text(said),
	extendedTextMessage: ({ text: said, title, description, matchedText }) => ({
		kind: 'text',
		text: said ?? '',
		...(title && {
			preview: { title, description: description ?? '', url: matchedText ?? '' },
		}),
	}),
	buttonsResponseMessage: (said) => text(some(said.selectedDisplayText) ?? said.selectedButtonId),
	listResponseMessage: (said) => text(some(said.title) ?? said.singleSelectReply?.selectedRowId),
	templateButtonReplyMessage: (said) => text(some(said.selectedDisplayText) ?? said.selectedId),
	interactiveResponseMessage: (said) =>
		text(some(said.body?.text) ?? said.nativeFlowResponseMessage?.paramsJson),
	questionResponseMessage: (said) => text(said.text),
	statusQuestionAnswerMessage: (said) => text(said.text),
	statusQuotedMessage: (said) => text(said.text),
}
