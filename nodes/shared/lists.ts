import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	JsonObject,
} from 'n8n-workflow'
import { NodeApiError, NodeOperationError } from 'n8n-workflow'

/** How a list is read page by page. */
export interface Pages {
	/** Where a page begins: `offset` in the query, or the field that takes the `next` of the page before. */
	field: string
	/** So many entries does a page have at most. */
	most: number
	/** The list in the answer. */
	property: string
}

/** Asks for page after page until the last one, or until there are as many entries as are wanted. */
export async function followPages(
	node: IExecutePaginationFunctions,
	request: DeclarativeRestApiSettings.ResultOptions,
	{ field, most, property }: Pages,
): Promise<INodeExecutionData[]> {
	const wantsAll = node.getNodeParameter('returnAll', false) === true
	const wanted = wantsAll ? Infinity : Number(node.getNodeParameter('limit', most))
	const items: INodeExecutionData[] = []
	for (;;) {
		const limit = Math.min(most, wanted - items.length)
		request.options.qs = { ...request.options.qs, limit }
		const [answer] = await node.makeRoutingRequest(request)
		const entries = answer?.json[property]
		if (!Array.isArray(entries))
			throw new NodeOperationError(node.getNode(), `The answer has no list of ${property}`, {
				itemIndex: node.getItemIndex(),
			})
		items.push(...(entries as IDataObject[]).map((json) => ({ json })))
		const isLast = entries.length < limit
		const next = field === 'offset' ? (isLast ? null : items.length) : answer?.json.next
		if ((next ?? null) === null || items.length >= wanted) return items
		request.options.qs = { ...request.options.qs, [field]: next }
	}
}

interface Result {
	jid?: string
	status?: string
	code?: number
}

/** For `postReceive`: fails an item with a result that is not 200, if its switch is on. @param property the results */
export const failIfAnyRefused = (property: string) =>
	async function failIfAnyRefused(
		this: IExecuteSingleFunctions,
		items: INodeExecutionData[],
		response: IN8nHttpFullResponse,
	): Promise<INodeExecutionData[]> {
		if (this.getNodeParameter('fail_if_refused', false) !== true) return items
		const results = ((response.body as IDataObject)[property] ?? []) as Result[]
		const refused = results.filter(({ code }) => code !== 200)
		if (refused.length === 0) return items
		const description = refused.map(({ jid, status }) => `${jid}: ${status}`).join(', ')
		throw new NodeApiError(this.getNode(), { results: refused } as unknown as JsonObject, {
			message: `WhatsApp refused ${refused.length} of ${results.length}`,
			description,
		})
	}
