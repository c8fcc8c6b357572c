import { GatewayError } from '../../../errors.ts'
import type { SessionDeps } from '../../session-deps.ts'

/** As WhatsApp names the phone when a session is linked: the business app on Android and on iPhones. */
const BUSINESS_APPS = ['smba', 'smbi']

/** Whether the phone of the account has the business app. */
export const hasBusinessApp = ({ socket }: Pick<SessionDeps, 'socket'>): boolean =>
	BUSINESS_APPS.includes(socket.authState.creds.platform ?? '')

/** @param what needs the business app: `Labels` @throws GatewayError not_business */
export function businessOnly(deps: Pick<SessionDeps, 'socket'>, what: string): void {
	if (hasBusinessApp(deps)) return
	const advice = `${what} need the WhatsApp Business app on the phone of the account.`
	throw new GatewayError('not_business', advice)
}
