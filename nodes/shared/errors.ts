import type {
	IDataObject,
	IN8nHttpFullResponse,
	INode,
	INodeExecutionData,
	JsonObject,
} from 'n8n-workflow'
import { NodeApiError } from 'n8n-workflow'

/** The gateway's problem document: RFC 9457, with our `code`. */
interface Problem {
	status: number
	title: string
	detail?: string
	code?: string
	/** The field at fault. */
	field?: string
	/** WhatsApp's own code. */
	whatsapp_code?: string
}

type Answer = Pick<IN8nHttpFullResponse, 'statusCode' | 'body'>

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const isProblem = (body: unknown): body is Problem =>
	isObject(body) && 'title' in body && typeof body.title === 'string'

/** n8n hands over a problem+json body as text, as bytes or as an object, depending on what was asked for. */
function parsed(body: unknown): unknown {
	if (typeof body !== 'string' && !Buffer.isBuffer(body)) return body
	try {
		return JSON.parse(String(body))
	} catch {
		return body
	}
}

const words = (problem: unknown, statusCode: number) =>
	isProblem(problem)
		? { message: problem.title, description: problem.detail }
		: {
				message: `The answer (HTTP ${statusCode}) did not come from a WhatsApp gateway`,
				description:
					'Check the Base URL of the credential, and any proxy between n8n and the gateway.',
			}

/** The gateway's error as an n8n error. An answer of a proxy or of a wrong address is named as such. */
export function gatewayError(
	node: INode,
	{ statusCode, body }: Answer,
	itemIndex?: number,
): NodeApiError {
	const problem = parsed(body)
	const facts = { statusCode, body: problem } as JsonObject
	return new NodeApiError(node, facts, {
		...words(problem, statusCode),
		httpCode: String(statusCode),
		itemIndex,
	})
}

/**
 * The same as an item, for workflows that go on. n8n would keep no more of an error than its message; these three
 * fields it takes for an error as well, and keeps.
 */
export function errorItem({ statusCode, body }: Answer): INodeExecutionData {
	const problem = parsed(body)
	const { message: error, description: message } = words(problem, statusCode)
	const { code, field, whatsapp_code } = isProblem(problem) ? problem : ({} as Partial<Problem>)
	const details: IDataObject = {
		status: statusCode,
		...(code && { code }),
		...(field && { field }),
		...(whatsapp_code && { whatsapp_code }),
	}
	return { json: { error, message, details } }
}

/** The gateway answers every request with a JSON object; anything else came from somewhere else. */
export const refused = ({ statusCode, body }: Answer): boolean =>
	statusCode >= 400 || (statusCode !== 204 && !isObject(body))
