import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	JsonObject,
} from 'n8n-workflow'
import { NodeApiError } from 'n8n-workflow'

/** So many entries does the gateway answer with at once. */
const PAGE = 1_000

/** Asks for page after page until one is not full. */
export async function allPages(
	node: IExecutePaginationFunctions,
	request: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = []
	for (;;) {
		request.options.qs = { ...request.options.qs, limit: PAGE, offset: items.length }
		const page = await node.makeRoutingRequest(request)
		items.push(...page)
		if (page.length < PAGE) return items
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
