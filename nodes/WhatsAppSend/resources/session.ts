import {
	asking,
	askingForFile,
	binaryField,
	each,
	ofSession,
	onSession,
	resourceWith,
} from '../reading'

export const session = resourceWith(
	{ name: 'Session', value: 'session', description: 'The WhatsApp accounts that are linked' },
	[
		onSession({
			name: 'Get',
			value: 'get',
			action: 'Get a session',
			description: 'Whether an account is linked and connected',
			routing: asking(ofSession()),
		}),
		{
			option: {
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many sessions',
				description: 'Get all sessions that the key may use',
				routing: asking('/api/v1/sessions', each('sessions')),
			},
			fields: [],
		},
		onSession(
			{
				name: 'Get QR Code',
				value: 'getQr',
				action: 'Get the QR code that links a session',
				description: 'Get a picture to be scanned in WhatsApp: Linked devices, Link a device',
				routing: askingForFile(`${ofSession('/qr')}?format=png`),
			},
			[binaryField],
		),
	],
)
