import type {
	IDataObject,
	IN8nHttpFullResponse,
	INode,
	INodeExecutionData,
	JsonObject,
} from 'n8n-workflow'
import { NodeApiError, NodeOperationError } from 'n8n-workflow'
import { inWordsOfPanel, type Labels } from './labels'

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
	/** Which limit of the number is reached. */
	reason?: string
}

/** What people filled in: the labels of the fields, and their values by their names in the API. */
export interface Panel {
	labels: Labels
	valueOf(field: string): string | undefined
	/** The fields that say what a request is about, the first that is filled in: a message, a recipient, a group. */
	subjects?: string[]
}

type NodeError = NodeApiError | NodeOperationError

type Answer = Pick<IN8nHttpFullResponse, 'statusCode' | 'body'> &
	Partial<Pick<IN8nHttpFullResponse, 'headers'>>

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

/**
 * The title of a problem says what is wrong with the value it is about: an AI agent sees nothing else of an error. What
 * is not valid needs no title.
 */
function wordsOf(problem: Problem, panel: Panel) {
	const { labels, valueOf } = panel
	const { code, title } = problem
	const detail = problem.detail && inWordsOfPanel(problem.detail, labels)
	if (code === 'invalid_request' && detail) {
		const [first = detail, ...more] = detail.split(/\. (?=\S)/)
		const message = first.replace(/\.$/, '')
		return { message, description: more.length ? more.join('. ') : title }
	}
	const value = fieldsAtFault(problem, panel).map(valueOf).find(Boolean)
	return { message: value ? `${title}: ${value}` : title, description: detail }
}

/** What is wrong with what the request is about, though the problem names no field. */
const ABOUT_SUBJECT =
	/^(recipient_|invalid_recipient|no_media|media_gone|whatsapp_(forbidden|not_found|conflict|gone))|_not_found$/

function fieldsAtFault({ code = '', field }: Problem, { subjects = [] }: Panel): string[] {
	if (field) return [field]
	if (code.startsWith('session_')) return ['session']
	return ABOUT_SUBJECT.test(code) ? subjects : []
}

const words = (problem: unknown, statusCode: number, panel: Panel) =>
	isProblem(problem)
		? wordsOf(problem, panel)
		: {
				message: `The answer (HTTP ${statusCode}) did not come from a WhatsApp gateway`,
				description:
					'Check the Base URL of the credential, and any proxy between n8n and the gateway.',
			}

/** What a workflow may branch on. */
function detailsOf(problem: unknown, status: number, headers: IDataObject = {}): IDataObject {
	const { code, field, whatsapp_code, reason } = isProblem(problem)
		? problem
		: ({} as Partial<Problem>)
	const retryAfter = Number(headers['retry-after'] ?? NaN)
	return {
		status,
		...(code && { code }),
		...(field && { field }),
		...(whatsapp_code && { whatsapp_code }),
		...(reason && { reason }),
		...(retryAfter > 0 && { retry_after: retryAfter }),
	}
}

/** The gateway's error as an n8n error. An answer of a proxy or of a wrong address is named as such. */
export function gatewayError(
	node: INode,
	{ statusCode, body, headers }: Answer,
	itemIndex?: number,
	panel: Panel = { labels: {}, valueOf: () => undefined },
): NodeApiError {
	const problem = parsed(body)
	const facts = { statusCode, body: problem } as JsonObject
	const error = new NodeApiError(node, facts, {
		...words(problem, statusCode, panel),
		httpCode: String(statusCode),
		itemIndex,
	})
	error.context.details = detailsOf(problem, statusCode, headers)
	return error
}

/** An error that is no answer of the gateway names the address; others stay as they are. */
export function unanswered(
	node: INode,
	thrown: unknown,
	baseUrl: string,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (thrown instanceof NodeOperationError) return thrown
	const error = new NodeApiError(node, thrown as JsonObject)
	if (/^\d+$/.test(error.httpCode ?? '')) return error
	// From n8n's own error it would take the words as well.
	return new NodeApiError(node, { cause: error.message } as JsonObject, {
		message: `The gateway at ${baseUrl} does not answer`,
		description: `${error.message}. Check that it is running, and the Base URL of the credential. In a container, 127.0.0.1 is the container itself.`,
		itemIndex,
	})
}

/**
 * An error as an item, for workflows that go on. n8n would keep no more of an error than its message; these three
 * fields it takes for an error as well, and keeps.
 */
export function errorItem({ message: error, description, context }: NodeError): INodeExecutionData {
	const details = (context.details ?? {}) as IDataObject
	return { json: { error, message: description ?? error, details } }
}

/** The gateway answers every request with a JSON object; anything else came from somewhere else. */
export const refused = ({ statusCode, body }: Answer): boolean =>
	statusCode >= 400 || (statusCode !== 204 && !isObject(body))
