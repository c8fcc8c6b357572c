import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../errors.ts'

/** Who is calling, and how far they reach. */
export type Caller = {
	role: 'admin' | 'member'
	/** The only sessions a member may use; null for all. */
	sessions: string[] | null
}

export type AppEnv = { Variables: { caller: Caller } }

export function mayUse(caller: Caller, session: string): boolean {
	return caller.role === 'admin' || !caller.sessions || caller.sessions.includes(session)
}

/** Refuses callers other than admins. */
export const adminOnly: MiddlewareHandler<AppEnv> = async function adminOnly(c, next) {
	requireAdmin(c)
	await next()
}

export function requireAdmin(c: Context<AppEnv>): void {
	if (c.get('caller').role === 'admin') return
	throw new GatewayError('forbidden', 'This needs an admin key; the one given belongs to a member.')
}
