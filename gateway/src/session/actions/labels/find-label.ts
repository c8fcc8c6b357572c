import { GatewayError } from '../../../errors.ts'
import type { SessionDeps } from '../../session-deps.ts'
import type { SessionState } from '../../state/index.ts'
import type { Label } from '../../state/labels.ts'

/** As WhatsApp names the phone when a session is linked: the business app on Android and on iPhones. */
const BUSINESS_APPS = ['smba', 'smbi']

/** @throws GatewayError not_business: only the business app has labels */
export function businessOnly({ socket }: SessionDeps): void {
	if (BUSINESS_APPS.includes(socket.authState.creds.platform ?? '')) return
	const advice = 'Labels need the WhatsApp Business app on the phone of the account.'
	throw new GatewayError('not_business', advice)
}

/** @throws GatewayError label_not_found, also if it was deleted */
export function findLabel(
	{ labels }: Pick<SessionState, 'labels'>,
	id: string,
	field = 'label_id',
): Label {
	const known = labels.all().get(id)
	if (known && !known.deleted) return known
	const advice = `The account has no label \`${id.slice(0, 60)}\`. List the labels with GET …/labels.`
	throw new GatewayError('label_not_found', advice, { field })
}
