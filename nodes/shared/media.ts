import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	IWebhookFunctions,
} from 'n8n-workflow'
import { binaryField } from './descriptions'
import type { GatewayEvent } from './events'
import { downloadFile } from './transport'

const MEGABYTE = 1024 * 1024

/** The fields with which people say that they want the file of a message. */
export const mediaFields: INodeProperties[] = [
	{
		displayName: 'Download Media',
		name: 'downloadMedia',
		type: 'boolean',
		default: false,
		description: 'Whether to put the file of a message into a binary field',
	},
	{ ...binaryField, displayOptions: { show: { downloadMedia: [true] } } },
	{
		displayName: 'Largest File (MB)',
		name: 'maxMegabytes',
		type: 'number',
		default: 20,
		typeOptions: { minValue: 1 },
		description: 'Larger files are not downloaded; the item then has media_error',
		displayOptions: { show: { downloadMedia: [true] } },
	},
]

/** What was said in these fields. */
export interface Wish {
	/** The binary field for the file. */
	field: string
	/** The largest file. */
	megabytes: number
	/** How long a file may take. */
	timeoutMs?: number
}

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
	node: IExecuteFunctions | IWebhookFunctions,
	item: INodeExecutionData,
	event: GatewayEvent,
	{ field, megabytes, timeoutMs }: Wish,
): Promise<INodeExecutionData> {
	const session = `/sessions/${encodeURIComponent(event.session)}`
	let { json, binary } = item
	for (const [number, { media, message_id: id }] of filesOf(event).entries()) {
		try {
			if (Number(media.size ?? 0) > megabytes * MEGABYTE)
				throw new Error(`Larger than ${megabytes} MB`)
			const path = `${session}/media/${encodeURIComponent(id)}`
			const file = await downloadFile(node, path, timeoutMs)
			binary = { ...binary, [number ? `${field}_${number}` : field]: file }
		} catch (error) {
			const { message, description } = error as Error & { description?: string | null }
			json = { ...json, media_error: [message, description].filter(Boolean).join(': ') }
		}
	}
	return { ...item, json, ...(binary && { binary }) }
}
