import type {
	IBinaryData,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow'
import { gatewayError, refused, unanswered, type Panel } from './errors'
import { binaryFrom } from './results'

export const CREDENTIAL = 'whatsAppGatewayApi'

type Caller =
	| IExecuteFunctions
	| IExecutePaginationFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions

/** An answer of the gateway, a refusal as well. @throws NodeApiError that names the address if there is none */
async function answerTo(
	caller: Caller,
	request: Omit<IHttpRequestOptions, 'baseURL'>,
): Promise<IN8nHttpFullResponse> {
	const { baseUrl } = await caller.getCredentials<{ baseUrl: string }>(CREDENTIAL)
	const options = {
		...request,
		baseURL: baseUrl,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	}
	try {
		return (await caller.helpers.httpRequestWithAuthentication.call(
			caller,
			CREDENTIAL,
			options,
		)) as IN8nHttpFullResponse
	} catch (thrown) {
		throw unanswered(caller.getNode(), thrown, baseUrl)
	}
}

/** A request that is not the one of an item. */
export interface Call {
	body?: IDataObject
	headers?: IDataObject
	/** The words for errors. */
	panel?: Panel
}

/** One call to the gateway besides those of items: for pickers, sessions and webhooks. */
export async function callGateway<Answer>(
	caller: Caller,
	method: IHttpRequestMethods,
	path: string,
	{ body, headers, panel }: Call = {},
): Promise<Answer> {
	const response = await answerTo(caller, {
		url: `/api/v1${path}`,
		method,
		body,
		...(headers && { headers }),
		json: true,
	})
	if (refused(response)) throw gatewayError(caller.getNode(), response, undefined, panel)
	return response.body as Answer
}

/** A file from the gateway, as n8n keeps files. */
export async function downloadFile(
	caller: IExecuteFunctions | IWebhookFunctions,
	path: string,
	timeoutMs?: number,
): Promise<IBinaryData> {
	const response = await answerTo(caller, {
		url: `/api/v1${path}`,
		headers: { Accept: '*/*' },
		encoding: 'arraybuffer',
		...(timeoutMs !== undefined && { timeout: timeoutMs }),
	})
	if (response.statusCode < 400) return await binaryFrom(caller.helpers, response)
	const body = Buffer.from(response.body as Buffer).toString()
	throw gatewayError(caller.getNode(), { ...response, body })
}
