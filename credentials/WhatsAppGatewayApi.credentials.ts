import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	Icon,
} from 'n8n-workflow'

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
	}
}
