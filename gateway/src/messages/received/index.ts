import type { ReceivedDefinition } from '../define.ts'
import { callLog } from './call-log.ts'
import { pollResult } from './poll-result.ts'
import { questionAnswer } from './question-answer.ts'
import { richResponse } from './rich-response.ts'
import { statusNotification } from './status-notification.ts'
import { stickerPack } from './sticker-pack.ts'
import { template } from './template.ts'

/** Every message type that only others send, in the order in which people are shown them. */
export const receivedTypes = [
	template,
	stickerPack,
	pollResult,
	callLog,
	richResponse,
	questionAnswer,
	statusNotification,
] as const satisfies readonly ReceivedDefinition[]
