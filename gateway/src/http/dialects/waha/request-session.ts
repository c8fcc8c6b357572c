import type { Context } from 'hono'
import type { Session } from '../../../session/session.ts'

const sessions = new WeakMap<Context, Session>()

/** Keeps which session a request is for: errors name it. */
export const noteSession = (c: Context, session: Session) => void sessions.set(c, session)

/** The session that a request is for, as far as it was found. */
export const sessionOfRequest = (c: Context): Session | undefined => sessions.get(c)
