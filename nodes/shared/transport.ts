import type {
	IDataObject,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow'
import { gatewayError, refused } from './errors'

export const CREDENTIAL = 'whatsAppGatewayApi'

/** One call to the gateway outside of an item: for pickers and for registering webhooks. */
export async function callGateway<Answer>(
	caller: IHookFunctions | ILoadOptionsFunctions,
	method: IHttpRequestMethods,
	path: string,
	body?: IDataObject,
): Promise<Answer> {
	const { baseUrl } = await caller.getCredentials<{ baseUrl: string }>(CREDENTIAL)
	const response = (await caller.helpers.httpRequestWithAuthentication.call(caller, CREDENTIAL, {
		baseURL: baseUrl,
		url: `/api/v1${path}`,
		method,
		body,
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	})) as IN8nHttpFullResponse
	if (refused(response)) throw gatewayError(caller.getNode(), response)
	return response.body as Answer
}
