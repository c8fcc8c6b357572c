import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow'
import type { GatewayEvent } from '../shared/events'
import { downloadFile } from '../shared/transport'

const MEGABYTE = 1024 * 1024

interface WithFile extends IDataObject {
	message_id: string
	media: IDataObject
}

/** The messages that have a file: of a burst there may be several. */
function filesOf({ data }: GatewayEvent): WithFile[] {
	const messages = (data.messages ?? [data]) as IDataObject[]
	return messages.filter(({ media, message_id: id }) => media && id) as WithFile[]
}

/**
 * The item with the files of its messages, the second as `data_1`. If a file cannot be downloaded, the item says so and
 * is kept.
 */
export async function withFiles(
	trigger: IExecuteFunctions,
	item: INodeExecutionData,
	event: GatewayEvent,
): Promise<INodeExecutionData> {
	const limit = trigger.getNodeParameter('maxMegabytes', 0, 20) as number
	const field = trigger.getNodeParameter('binaryField', 0, 'data') as string
	const session = `/sessions/${encodeURIComponent(event.session)}`
	let { json, binary } = item
	for (const [number, { media, message_id: id }] of filesOf(event).entries()) {
		try {
			if (Number(media.size ?? 0) > limit * MEGABYTE) throw new Error(`Larger than ${limit} MB`)
			const file = await downloadFile(trigger, `${session}/media/${encodeURIComponent(id)}`)
			binary = { ...binary, [number ? `${field}_${number}` : field]: file }
		} catch (error) {
			const { message, description } = error as Error & { description?: string | null }
			json = { ...json, media_error: [message, description].filter(Boolean).join(': ') }
		}
	}
	return { ...item, json, ...(binary && { binary }) }
}
