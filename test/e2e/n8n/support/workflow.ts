import type { Credential, WorkflowDraft, WorkflowNode } from '../../../support/n8n.ts'

export interface Everything {
	session: string
	to: string
	credential: Pick<Credential, 'id' | 'name'>
	picture: Buffer
	pictureUrl: string
}

const SEND = 'n8n-nodes-whatsapp-gateway.whatsAppGateway'

/** A workflow with a node for each family of operations. */
export function everything({
	session,
	to,
	credential,
	picture,
	pictureUrl,
}: Everything): WorkflowDraft {
	const nodes: WorkflowNode[] = []
	const connections: WorkflowDraft['connections'] = {}

	function add(name: string, type: string, parameters: object, after?: string, more: object = {}) {
		const position: [number, number] = [nodes.length * 40, nodes.length * 120]
		const values = parameters as Record<string, unknown>
		const id = crypto.randomUUID()
		nodes.push({ id, name, type, typeVersion: 1, position, parameters: values, ...more })
		if (after) {
			connections[after] ??= { main: [[]] }
			connections[after].main[0]!.push({ node: name, type: 'main', index: 0 })
		}
		return name
	}

	const send = (after: string, name: string, resource: string, operation: string, rest: object) =>
		add(
			name,
			SEND,
			{
				resource,
				operation,
				session: { __rl: true, mode: 'id', value: session },
				to: { __rl: true, mode: 'phone', value: to },
				additionalFields: {},
				...rest,
			},
			after,
			{
				credentials: { whatsAppGatewayApi: { id: credential.id, name: credential.name } },
				onError: 'continueRegularOutput',
			},
		)

	const start = add('Start', 'n8n-nodes-base.manualTrigger', {})
	const file = add(
		'File',
		'n8n-nodes-base.convertToFile',
		{
			operation: 'toBinary',
			sourceProperty: 'picture',
			options: { fileName: 'red.png', mimeType: 'image/png' },
		},
		start,
		{ typeVersion: 1.1 },
	)

	send(start, 'Text', 'message', 'text', { text: 'Hello!' })
	const binary = (name: string) => ({ [`${name}_from`]: 'binary', [`${name}_binary`]: 'data' })
	const url = (name: string) => ({ [`${name}_from`]: 'url', [`${name}_url`]: pictureUrl })
	const image = send(file, 'Image from binary', 'media', 'image', {
		...binary('image'),
		caption: 'From a binary field',
	})
	send(file, 'Document from binary', 'media', 'document', binary('document'))
	send(file, 'Sticker from binary', 'media', 'sticker', binary('sticker'))
	send(start, 'Image from URL', 'media', 'image', {
		...url('image'),
		caption: 'From a URL',
	})
	send(file, 'Album', 'media', 'album', {
		items: {
			values: [
				{ ...binary('image'), video_from: 'none', caption: 'Album, by binary' },
				{ ...url('image'), video_from: 'none', caption: 'Album, by URL' },
			],
		},
	})
	send(start, 'Location', 'message', 'location', {
		latitude: 41.0082,
		longitude: 28.9784,
		additionalFields: { name: 'Galata Tower' },
	})
	const phones = { values: [{ number: '+49 170 9999999', phone_type: 'CELL' }] }
	send(start, 'Contact', 'contact', 'contact', {
		contact: { values: { display_name: 'John Doe', phones, organization: '', email: '' } },
	})
	send(start, 'Poll', 'message', 'poll', {
		name: 'Which?',
		options: 'Red\nGreen',
		additionalFields: { selectable_count: 1 },
	})
	send(start, 'Event', 'message', 'event', { name: 'Lunch', start_time: '2030-07-01T12:00:00' })
	send(start, 'Buttons', 'interactive', 'buttons', {
		content_text: 'Are you there?',
		buttons: { values: [{ button_id: 'y', display_text: 'Yes' }] },
	})
	const rows = { values: [{ row_id: '1', title: 'The second row', description: '' }] }
	send(start, 'List', 'interactive', 'list', {
		title: 'Menu',
		description: 'Choose',
		button_text: 'Open',
		sections: { values: [{ title: 'One', rows }] },
	})
	const button_params_json = '{"display_text":"Open","url":"https://example.com"}'
	send(start, 'Interactive', 'interactive', 'interactive', {
		body_text: 'Look',
		buttons: { values: [{ name: 'cta_url', button_params_json }] },
	})

	const first = send(start, 'To be changed', 'message', 'text', { text: 'To be changed' })
	const message_id = "={{ $('To be changed').item.json.message_id }}"
	const reacted = send(first, 'React', 'messageAction', 'react', { message_id, emoji: '👍' })
	const edited = send(reacted, 'Edit', 'messageAction', 'edit', { message_id, text: 'Changed' })
	const deleted = send(edited, 'Delete', 'messageAction', 'revoke', { message_id })
	send(deleted, 'Get', 'message', 'get', { messageId: message_id })

	const messageId = '={{ $json.message_id }}'
	send(image, 'Download', 'media', 'download', { messageId, binaryField: 'file' })
	const nobody = { __rl: true, mode: 'phone', value: '={{ "nobody" }}' }
	send(start, 'Refused', 'message', 'text', { to: nobody, text: 'Hello!' })
	send(file, 'No such binary', 'media', 'image', { ...binary('image'), image_binary: 'nothing' })
	send(start, 'End', 'message', 'text', { text: 'The end' })

	const json = { picture: picture.toString('base64') }
	return { name: 'Everything', nodes, connections, pinData: { [start]: [{ json }] } }
}
