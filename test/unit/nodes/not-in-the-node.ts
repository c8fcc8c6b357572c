import { waysTo } from '../../../gateway/src/http/native/mount-routes.ts'
import { routes } from '../../../gateway/src/http/native/routes/index.ts'

const OF_THE_TRIGGER = 'WhatsApp Trigger registers and removes its own webhooks'
const FOR_OPERATORS = 'for who runs the gateway, not for a workflow'

/** The reasons that routes give themselves; of two ways to ask for the same, the node uses the twin. */
const ofRoutes = routes.flatMap((route) => {
	const ways = waysTo(route).map(({ method, path }) => `${method.toUpperCase()} ${path}`)
	const reason = typeof route.node === 'string' ? route.node : 'the node asks for it in another way'
	return (typeof route.node === 'string' ? ways : ways.slice(0, -1)).map((way) => [way, reason])
})

/** Operations of the API that WhatsApp Send does not have, and why. */
export const notInTheNode: Record<string, string> = {
	...Object.fromEntries(ofRoutes),
	'GET /health': FOR_OPERATORS,
	'GET /ready': FOR_OPERATORS,
	'GET /messages/search': 'Message: Search searches the session of the credential',
	'GET /metrics': FOR_OPERATORS,
	'GET /gateway': FOR_OPERATORS,
	'GET /gateway/checks': FOR_OPERATORS,
	'GET /keys': FOR_OPERATORS,
	'POST /keys': FOR_OPERATORS,
	'POST /keys/{key}/rotate': FOR_OPERATORS,
	'DELETE /keys/{key}': FOR_OPERATORS,
	'POST /sessions/{session}/logout':
		'unlinks the account: a slip in a workflow would cost a new scan',
	'POST /sessions/{session}/pair': 'the code is typed into a phone within a minute: for people',
	'GET /sessions/{session}/status': 'Session: Get says the same in our words',
	'GET /sessions/{session}/device': 'of use to who looks for a device on the phone',
	'POST /sessions/{session}/presence/set': 'the same as presence, with the word of another system',
	'POST /sessions/{session}/chatstate/typing': 'Chat: Send Typing, and a Wait node',
	'GET /media/{token}': 'a link, for programs that take no key',
	'POST /sessions/{session}/media/upload': 'a send takes the file itself',
	'POST /sessions/{session}/media/download': 'Media: Download gets it by the id of its message',
	'GET /sessions/{session}/events': 'WhatsApp Trigger brings the events',
	'GET /sessions/{session}/events/{seq}': 'WhatsApp Trigger brings the events',
	'GET /sessions/{session}/events/stream': 'WhatsApp Trigger brings the events',
	'GET /sessions/{session}/webhooks': OF_THE_TRIGGER,
	'POST /sessions/{session}/webhooks': OF_THE_TRIGGER,
	'GET /sessions/{session}/webhooks/{webhook}': OF_THE_TRIGGER,
	'PATCH /sessions/{session}/webhooks/{webhook}': OF_THE_TRIGGER,
	'DELETE /sessions/{session}/webhooks/{webhook}': OF_THE_TRIGGER,
	'POST /sessions/{session}/webhooks/{webhook}/rotate': OF_THE_TRIGGER,
	'GET /sessions/{session}/webhooks/{webhook}/deliveries': OF_THE_TRIGGER,
	'DELETE /sessions/{session}/webhooks/{webhook}/deliveries': OF_THE_TRIGGER,
	'POST /sessions/{session}/webhooks/{webhook}/replay': OF_THE_TRIGGER,
	'POST /sessions/{session}/webhooks/{webhook}/test': OF_THE_TRIGGER,
}
