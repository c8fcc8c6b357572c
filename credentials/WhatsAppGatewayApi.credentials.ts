import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	Icon,
} from 'n8n-workflow'

const refused = (value: number, message: string) => ({
	type: 'responseCode',
	properties: { value, message },
})

// n8n's type wants all rules to be of one kind; n8n itself takes each by its own.
const rules = [
	refused(
		401,
		'The gateway does not accept this API key: copy it again, or make one with POST /api/v1/keys',
	),
	refused(404, 'There is no WhatsApp gateway at the Base URL: leave out any path, check the port'),
	refused(429, 'Too many wrong keys were tried: the gateway accepts none for some minutes'),
	refused(502, 'The proxy at the Base URL does not reach the gateway: is it running?'),
	{
		type: 'responseSuccessBody',
		// Our gateway answers with a list of sessions, nothing else does.
		properties: {
			key: 'sessions',
			value: undefined,
			message: 'What answers at the Base URL is not a WhatsApp gateway: check host and port',
		},
	},
] as unknown as NonNullable<ICredentialTestRequest['rules']>

export class WhatsAppGatewayApi implements ICredentialType {
	name = 'whatsAppGatewayApi'

	displayName = 'WhatsApp Gateway API'

	icon: Icon = { light: 'file:../icons/gateway.light.svg', dark: 'file:../icons/gateway.dark.svg' }

	documentationUrl =
		'https://github.com/whatsapp-gateway/n8n-nodes-whatsapp-gateway#connecting-n8n-to-the-gateway'

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'http://127.0.0.1:3000',
			placeholder: 'e.g. http://gateway:3000',
			description:
				"URL at which n8n reaches the gateway. Inside a container, 127.0.0.1 is the container itself: use the gateway's host name.",
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'A key of the gateway: the admin key, or one made for n8n with POST /api/v1/keys',
		},
		{
			displayName: 'Default Session',
			name: 'session',
			type: 'string',
			default: '',
			placeholder: 'e.g. main',
			description:
				'The session that nodes use in which none is chosen. Not needed if the key may use one session only.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			required: true,
			default: 'X-API-Key',
			description:
				'The header that carries the key. Change it only if a proxy asks for another one.',
		},
	]

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { '={{$credentials.headerName}}': '={{$credentials.apiKey}}' } },
	}

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/api/v1/sessions' },
		rules,
	}
}
