import { businessCases } from './business-cases.ts'
import type { ReceivedCase } from './received-case.ts'
import { templateCases } from './template-cases.ts'

export const receivedCases: ReceivedCase[] = [
	...templateCases,
	...businessCases,
	{
		what: 'a sticker pack',
		receive: {
			stickerPackMessage: {
				name: 'cats',
				publisher: 'Ada',
				packDescription: 'of the house',
				caption: 'for you',
				stickerPackId: 'P1',
				stickers: [{ fileName: 'a.webp', emojis: ['🐈'], isAnimated: true }, {}],
			},
		},
		event: {
			type: 'sticker-pack',
			text: 'for you',
			name: 'cats',
			publisher: 'Ada',
			description: 'of the house',
			caption: 'for you',
			pack_id: 'P1',
			stickers: [{ filename: 'a.webp', emojis: ['🐈'], animated: true }, { emojis: [] }],
		},
	},
	...(['pollResultSnapshotMessage', 'pollResultSnapshotMessageV3'] as const).map((kind) => ({
		what: `the votes of a poll in ${kind}`,
		receive: {
			[kind]: {
				name: 'Which?',
				pollVotes: [{ optionName: 'Red', optionVoteCount: 3 }, { optionName: 'Blue' }],
				pollType: 1,
			},
		},
		event: {
			type: 'poll-result',
			text: 'Which?\n- Red: 3\n- Blue: 0',
			name: 'Which?',
			totals: [
				{ option: 'Red', votes: 3 },
				{ option: 'Blue', votes: 0 },
			],
			quiz: true,
		},
	})),
	{
		what: 'how a call ended',
		receive: {
			callLogMesssage: {
				isVideo: true,
				callOutcome: 0,
				durationSecs: 61,
				callType: 0,
				participants: [{ jid: '491700000002@s.whatsapp.net', callOutcome: 3 }],
			},
		},
		event: {
			type: 'call-log',
			text: null,
			outcome: 'connected',
			video: true,
			seconds: 61,
			call_type: 'regular',
			participants: [{ jid: '491700000002@s.whatsapp.net', outcome: 'rejected' }],
		},
	},
	{
		what: 'a call of which nothing is said',
		receive: { callLogMesssage: {} },
		event: { type: 'call-log', text: null, video: false },
	},
	{
		what: 'the answer of an AI',
		receive: {
			richResponseMessage: {
				submessages: [
					{ messageType: 2, messageText: 'So:' },
					{
						codeMetadata: {
							codeLanguage: 'js',
							codeBlocks: [{ codeContent: 'let ' }, { codeContent: 'a' }],
						},
					},
					{ tableMetadata: { title: 'T', rows: [{ items: ['a', 'b'] }, { items: ['1', '2'] }] } },
					{ latexMetadata: { text: 'a^2' } },
					{
						imageMetadata: { imageText: 'a cat', imageUrl: { imageHighResUrl: 'https://e.com/c' } },
					},
					{ gridImageMetadata: { imageUrls: [{ imagePreviewUrl: 'https://e.com/p' }] } },
					{ dynamicMetadata: { url: 'https://e.com/d' } },
					{ mapMetadata: { annotations: [{ title: 'Here', body: 'the shop' }] } },
					{
						contentItemsMetadata: {
							itemsMetadata: [{ reelItem: { title: 'R', videoUrl: 'https://e.com/v' } }],
						},
					},
					{},
				],
			},
		},
		event: {
			type: 'rich-response',
			text: 'So:\n\nlet a\n\nT\na | b\n1 | 2\n\na^2\n\na cat\n\nHere\nthe shop\n\nR',
			parts: [
				{ kind: 'text', text: 'So:' },
				{ kind: 'code', text: 'let a', language: 'js' },
				{ kind: 'table', text: 'T\na | b\n1 | 2' },
				{ kind: 'formula', text: 'a^2' },
				{ kind: 'image', text: 'a cat', urls: ['https://e.com/c'] },
				{ kind: 'image', urls: ['https://e.com/p'] },
				{ kind: 'image', urls: ['https://e.com/d'] },
				{ kind: 'map', text: 'Here\nthe shop' },
				{ kind: 'video', text: 'R', urls: ['https://e.com/v'] },
				{ kind: 'other' },
			],
		},
	},
	{
		what: 'the answer of an AI in one piece of JSON',
		receive: {
			botForwardedMessage: {
				message: {
					richResponseMessage: {
						unifiedResponse: {
							data: Buffer.from(
								JSON.stringify({ sections: [{ view_model: { primitive: { text: 'Hello' } } }] }),
							),
						},
					},
				},
			},
		},
		event: { type: 'rich-response', text: 'Hello', parts: [{ kind: 'text', text: 'Hello' }] },
	},
	...(['questionResponseMessage', 'statusQuestionAnswerMessage'] as const).map((kind) => ({
		what: `the answer to a question in ${kind}`,
		receive: { [kind]: { key: { id: 'Q1' }, text: 'blue' } },
		event: { type: 'question-answer', text: 'blue', question_message_id: 'Q1' },
	})),
	{
		what: 'an answer that is quoted from a status',
		receive: { statusQuotedMessage: { type: 1, text: 'blue', originalStatusId: { id: 'Q1' } } },
		event: { type: 'question-answer', text: 'blue', question_message_id: 'Q1' },
	},
	{
		what: 'that a status mentions somebody',
		receive: {
			statusMentionMessage: { message: { protocolMessage: { type: 25, key: { id: 'S1' } } } },
		},
		event: { type: 'status-notification', text: null, kind: 'mention', status_message_id: 'S1' },
	},
	{
		what: 'that a status was shared',
		receive: {
			statusNotificationMessage: {
				type: 2,
				responseMessageKey: { id: 'S2' },
				originalMessageKey: { id: 'S1' },
			},
		},
		event: {
			type: 'status-notification',
			text: null,
			kind: 'reshare',
			status_message_id: 'S2',
			original_message_id: 'S1',
		},
	},
	{
		what: 'a sticker on a status',
		receive: {
			statusStickerInteractionMessage: { key: { id: 'S1' }, stickerKey: 'hearts', type: 1 },
		},
		event: {
			type: 'status-notification',
			text: null,
			kind: 'sticker',
			original_message_id: 'S1',
			sticker: 'hearts',
		},
	},
	{
		what: 'what is of no type, with what can be read of it',
		receive: { bcallMessage: { sessionId: 'X', caption: 'We are live', mediaType: 1 } },
		event: { type: 'unknown', kind: 'bcallMessage', text: 'We are live' },
	},
	{
		what: 'what is of no type and has nothing to read',
		receive: { messageHistoryNotice: { messageHistoryMetadata: { messageCount: 3 } } },
		event: { type: 'unknown', kind: 'messageHistoryNotice', text: null },
	},
]
