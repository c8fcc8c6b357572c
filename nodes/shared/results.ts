import type {
	BinaryHelperFunctions,
	IBinaryData,
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow'
import { gatewayError, refused } from './errors'
import { labelsOf } from './labels'

/** For `postReceive`: turns a refusal into one readable error for the item that was refused. @param fields of the operation */
export function failWhenRefused(fields: INodeProperties[]) {
	const labels = labelsOf(fields)
	const subjects = fields.filter(({ required }) => required).map(({ name }) => name)
	return async function failWhenRefused(
		this: IExecuteSingleFunctions,
		items: INodeExecutionData[],
		response: IN8nHttpFullResponse,
	): Promise<INodeExecutionData[]> {
		if (!refused(response)) return items
		const valueOf = (field: string) => filledIn(this, field)
		const panel = { labels, valueOf, subjects }
		throw gatewayError(this.getNode(), response, this.getItemIndex(), panel)
	}
}

/** What was filled in for a field, if that is short: a number, an id. */
function filledIn(node: IExecuteSingleFunctions, field: string): string | undefined {
	const [name = ''] = field.split('.')
	const additional = node.getNodeParameter('additionalFields', {}) as IDataObject
	const values = [field, `${name}_url`].map((own) => parameterOf(node, own) ?? additional[own])
	return values
		.map((value) => (typeof value === 'object' ? '' : String(value ?? '')))
		.find((text) => text && text.length <= 60)
}

/** n8n refuses to extract the value of a parameter that it does not know. */
const parameterOf = (node: IExecuteSingleFunctions, name: string): unknown =>
	name in node.getNode().parameters
		? node.getNodeParameter(name, '', { extractValue: true })
		: undefined

/** For `postReceive` of a send: whether WhatsApp has taken the message already. */
export async function handOnSent(
	this: IExecuteSingleFunctions,
	items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const status = response.statusCode === 202 ? 'pending' : 'sent'
	return items.map(({ json, ...item }) => ({ ...item, json: { status, ...json } }))
}

const filenameOf = (disposition = ''): string | undefined => {
	const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? []
	const [, plain] = /filename="?([^";]+)"?/i.exec(disposition) ?? []
	return encoded ? decodeURIComponent(encoded) : plain
}

/** The bytes of an answer, as n8n keeps files. */
export async function binaryFrom(
	{ prepareBinaryData }: Pick<BinaryHelperFunctions, 'prepareBinaryData'>,
	{ headers, body }: IN8nHttpFullResponse,
): Promise<IBinaryData> {
	const name = filenameOf(headers['content-disposition'] as string | undefined)
	const [mimetype] = String(headers['content-type'] ?? '').split(';')
	return await prepareBinaryData(Buffer.from(body as Buffer), name, mimetype)
}

/** For `postReceive` of a request for bytes: puts them into a binary field. */
export async function handOnFile(
	this: IExecuteSingleFunctions,
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const field = this.getNodeParameter('binaryField') as string
	const file = await binaryFrom(this.helpers, response)
	const json = {
		mimetype: file.mimeType,
		filename: file.fileName ?? null,
		size: file.bytes ?? null,
	}
	return [{ json, binary: { [field]: file } }]
}
