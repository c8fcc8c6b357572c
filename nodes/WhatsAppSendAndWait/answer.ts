import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow'
import { simple, type GatewayEvent } from '../shared/events'
import { withFiles } from '../shared/media'

/** The gateway gives a delivery up after 15 seconds, and would repeat it. */
const DOWNLOAD_MS = 10_000

/** The person's answer as one text. */
function answerOf({ text, options, emoji, response }: IDataObject): string | null {
	if (Array.isArray(options)) return options.join(', ')
	return (text ?? emoji ?? response ?? null) as string | null
}

function resultOf(event: GatewayEvent, question: string | null): IDataObject {
	if (event.type === 'webhook.expired')
		return { answered: false, answer: null, message_id: question }
	const { message_id: ofAnswer, ...fields } = simple(event)
	return {
		answered: true,
		answer: answerOf(event.data),
		message_id: question,
		...(ofAnswer !== undefined && { answer_message_id: ofAnswer }),
		...fields,
	}
}

/** The item with which the workflow continues. @param question the id of the message that asked */
export async function answerItem(
	node: IWebhookFunctions,
	event: GatewayEvent,
	question: string | null,
): Promise<INodeExecutionData> {
	const item = { json: resultOf(event, question) }
	if (node.getNodeParameter('downloadMedia', false) !== true) return item
	return await withFiles(node, item, event, {
		field: node.getNodeParameter('binaryField', 'data') as string,
		megabytes: node.getNodeParameter('maxMegabytes', 20) as number,
		timeoutMs: DOWNLOAD_MS,
	})
}
