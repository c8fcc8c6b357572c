import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow'
import { downloadFile } from '../shared/transport'
import type { GatewayEvent } from '../shared/events'

const MEGABYTE = 1024 * 1024

/**
 * The item with the file of its message, if it has one. A file that cannot be had is said so, and loses nobody the
 * message.
 */
export async function withFile(
	trigger: IExecuteFunctions,
	item: INodeExecutionData,
	{ session, data }: GatewayEvent,
): Promise<INodeExecutionData> {
	const { media, message_id: message } = data as { media?: IDataObject; message_id?: string }
	if (!media || !message) return item
	const limit = trigger.getNodeParameter('maxMegabytes', 0, 20) as number
	const failed = (why: string) => ({ ...item, json: { ...item.json, media_error: why } })
	if (Number(media.size ?? 0) > limit * MEGABYTE) return failed(`Larger than ${limit} MB`)
	try {
		const path = `/sessions/${encodeURIComponent(session)}/media/${encodeURIComponent(message)}`
		const file = await downloadFile(trigger, path)
		const field = trigger.getNodeParameter('binaryField', 0, 'data') as string
		return { ...item, binary: { ...item.binary, [field]: file } }
	} catch (error) {
		const { message: why, description } = error as Error & { description?: string | null }
		return failed([why, description].filter(Boolean).join(': '))
	}
}
