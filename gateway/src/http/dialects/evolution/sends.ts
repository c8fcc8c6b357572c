import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { notSupported } from '../read.ts'
import { buttonSends } from './button-sends.ts'
import { contentSends } from './content-sends.ts'
import { mediaSends } from './media-sends.ts'
import { reactions } from './reactions.ts'
import { senderOf } from './send.ts'
import { statusSends } from './status-sends.ts'

/** What goes through Meta's own API only, or came with version 2.4. */
const refusedSends = [
	['sendTemplate', 'A template, which only the API of Meta sends,'],
	['sendCarousel', 'A carousel'],
].map(([name, what]) =>
	endpoint({
		method: 'post',
		path: `/message/${name}/{instance}`,
		summary: `Not supported: ${name}`,
		run() {
			throw notSupported(what!)
		},
	}),
)

/** `POST /message/sendText/{instance}` and its siblings. */
export function sends(services: Services): Endpoint[] {
	const sender = senderOf(services)
	return [
		...contentSends(sender),
		...mediaSends(sender),
		buttonSends(sender),
		reactions(services, sender),
		statusSends(services, sender),
		...refusedSends,
	]
}
