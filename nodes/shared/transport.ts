import type {
	IBinaryData,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow'
import { gatewayError, refused } from './errors'
import { binaryFrom } from './results'

export const CREDENTIAL = 'whatsAppGatewayApi'

/** One call to the gateway outside of an item: for pickers and for registering webhooks. */
export async function callGateway<Answer>(
	caller: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions,
	method: IHttpRequestMethods,
	path: string,
	body?: IDataObject,
	headers?: IDataObject,
): Promise<Answer> {
	const { baseUrl } = await caller.getCredentials<{ baseUrl: string }>(CREDENTIAL)
	const response = (await caller.helpers.httpRequestWithAuthentication.call(caller, CREDENTIAL, {
		baseURL: baseUrl,
		url: `/api/v1${path}`,
		method,
		body,
		...(headers && { headers }),
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	})) as IN8nHttpFullResponse
	if (refused(response)) throw gatewayError(caller.getNode(), response)
	return response.body as Answer
}

/** A file from the gateway, as n8n keeps files. */
export async function downloadFile(caller: IExecuteFunctions, path: string): Promise<IBinaryData> {
	const { baseUrl } = await caller.getCredentials<{ baseUrl: string }>(CREDENTIAL)
	const response = (await caller.helpers.httpRequestWithAuthentication.call(caller, CREDENTIAL, {
		baseURL: baseUrl,
		url: `/api/v1${path}`,
		headers: { Accept: '*/*' },
		encoding: 'arraybuffer',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	})) as IN8nHttpFullResponse
	if (response.statusCode < 400) return await binaryFrom(caller.helpers, response)
	const body = Buffer.from(response.body as Buffer).toString()
	throw gatewayError(caller.getNode(), { ...response, body })
}
