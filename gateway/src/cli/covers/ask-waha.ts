import {
	asker,
	phoneIn,
	UnexpectedAnswer,
	type Installation,
	type Instance,
} from './installation.ts'

type Version = { version?: string; engine?: string; tier?: string }
type SessionInfo = {
	name: string
	status: string
	me?: { id: string } | null
	config?: { webhooks?: { url: string; events: string[] }[] | null } | null
}
type App = { app: string; enabled?: boolean }

/**
 * What a WAHA tells of itself.
 * @param key its main key
 * @throws UnexpectedAnswer
 */
export async function askWaha(url: string, key: string): Promise<Installation> {
	const ask = asker(url, { 'x-api-key': key })
	const { version, engine } = await ask<Version>('/api/server/version')
	if (!version || !engine) throw new UnexpectedAnswer(`${url} is no WAHA: it names no version.`)
	const sessions = await ask<SessionInfo[]>('/api/sessions?all=true')
	const obstacle =
		engine === 'NOWEB'
			? null
			: `its engine is ${engine}; only logins of NOWEB can be taken over, others need a new scan`
	return {
		system: 'WAHA',
		version: `${version}, engine ${engine}`,
		instances: await Promise.all(
			sessions.map(async (info) => ({
				...instanceOf(info, obstacle),
				remarks: [
					...(isQuiet(info.status) && !phoneIn(info.me?.id) ? [NOT_SAID] : []),
					...(await appsOf(info.name, ask)),
				],
			})),
		),
		remarks: [],
	}
}

function instanceOf({ name, status, me, config }: SessionInfo, obstacle: string | null) {
	const phone = phoneIn(me?.id)
	return {
		name,
		state: status,
		phone,
		obstacle: obstacle ?? (phone || isQuiet(status) ? null : 'it is not linked'),
		webhooks: config?.webhooks ?? [],
	} satisfies Omit<Instance, 'remarks'>
}

/** One that is stopped does not say whether it is linked. */
const isQuiet = (status: string) => status === 'STOPPED'

const NOT_SAID = 'it is stopped, and WAHA does not say whether it is linked: the import does'

async function appsOf(session: string, ask: ReturnType<typeof asker>): Promise<string[]> {
	const apps = await ask<App[]>(`/api/apps?session=${encodeURIComponent(session)}`).catch(() => [])
	return apps.filter(({ enabled = true }) => enabled).map(({ app }) => `app ${app}: not covered`)
}
