import type {
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INode,
	INodeExecutionData,
	JsonObject,
} from 'n8n-workflow'
import { NodeApiError } from 'n8n-workflow'

/** What the gateway says when it refuses: RFC 9457, with our `code`. */
interface Problem {
	status: number
	title: string
	detail?: string
	code?: string
}

type Answer = Pick<IN8nHttpFullResponse, 'statusCode' | 'body'>

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const isProblem = (body: unknown): body is Problem =>
	isObject(body) && 'title' in body && typeof body.title === 'string'

/** n8n hands over a problem+json body as text or as an object, depending on the content type it knows. */
function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return body
	try {
		return JSON.parse(body)
	} catch {
		return body
	}
}

/** The gateway's own words as an n8n error; a proxy or a wrong address in between is named as such. */
export function gatewayError(
	node: INode,
	{ statusCode, body }: Answer,
	itemIndex?: number,
): NodeApiError {
	const problem = parsed(body)
	const [message, description] = isProblem(problem)
		? [problem.title, problem.detail]
		: [
				`The answer (HTTP ${statusCode}) did not come from a WhatsApp gateway`,
				'Check the Base URL of the credential, and any proxy between n8n and the gateway.',
			]
	const facts = { statusCode, body: problem } as JsonObject
	return new NodeApiError(node, facts, {
		message,
		description,
		httpCode: String(statusCode),
		itemIndex,
	})
}

/** The gateway answers every request with a JSON object; anything else came from somewhere else. */
export const refused = ({ statusCode, body }: Answer): boolean =>
	statusCode >= 400 || (statusCode !== 204 && !isObject(body))

/** For `postReceive`: turns a refusal into one readable error for the item that was refused. */
export async function failWhenRefused(
	this: IExecuteSingleFunctions,
	items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	if (refused(response)) throw gatewayError(this.getNode(), response, this.getItemIndex())
	return items
}
