import type {
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow'
import { NodeOperationError } from 'n8n-workflow'
import { binaryField } from './descriptions'
import { binaryFrom } from './results'

/** The fields with which people say that they want the file that an answer links to. */
export const linkedFileFields: INodeProperties[] = [
	{
		displayName: 'Download',
		name: 'download',
		type: 'boolean',
		default: false,
		description: 'Whether to put the file behind the URL into a binary field',
	},
	{ ...binaryField, displayOptions: { show: { download: [true] } } },
]

/** For `postReceive`: adds the file that a property of the answer links to. An answer without one stays as it is. */
export const handOnLinkedFile = (property: string) =>
	async function handOnLinkedFile(
		this: IExecuteSingleFunctions,
		items: INodeExecutionData[],
	): Promise<INodeExecutionData[]> {
		if (this.getNodeParameter('download', false) !== true) return items
		const field = this.getNodeParameter('binaryField', 'data') as string
		const withFile = async (item: INodeExecutionData): Promise<INodeExecutionData> => {
			const url = item.json[property]
			if (typeof url !== 'string') return item
			const file = await binaryFrom(this.helpers, await fileAt(this, url))
			return { ...item, binary: { ...item.binary, [field]: file } }
		}
		return await Promise.all(items.map(withFile))
	}

/** The file is at WhatsApp: the key of the gateway stays here. */
async function fileAt(node: IExecuteSingleFunctions, url: string): Promise<IN8nHttpFullResponse> {
	const request = { url, encoding: 'arraybuffer', returnFullResponse: true } as const
	try {
		return (await node.helpers.httpRequest(request)) as IN8nHttpFullResponse
	} catch (thrown) {
		const { message } = thrown as Error
		throw new NodeOperationError(node.getNode(), 'The file cannot be downloaded from WhatsApp', {
			itemIndex: node.getItemIndex(),
			description: `${message}. The URL is valid for some days: ask for it again, or switch off Download.`,
		})
	}
}
