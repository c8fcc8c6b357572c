import { isLoopback } from '../lib/net/is-loopback.ts'
import type { Config } from './settings.ts'

/** What settings must be in view of each other. */
type Rule = { of: (keyof Config)[]; wrongWith(config: Config): string | undefined }

export const rules: Rule[] = [
	{
		of: ['CLUSTER_KEY', 'STATE_URL', 'NODE_ADDRESS', 'SANDBOX'],
		wrongWith: wrongWithCluster,
	},
	{
		of: ['HOST', 'ADMIN_KEY'],
		wrongWith: shortKey,
	},
	{
		of: ['MEDIA_KEEP_DAYS', 'MESSAGE_KEEP_DAYS'],
		wrongWith: ({ MEDIA_KEEP_DAYS, MESSAGE_KEEP_DAYS }) =>
			MEDIA_KEEP_DAYS <= MESSAGE_KEEP_DAYS
				? undefined
				: `MEDIA_KEEP_DAYS must be ${MESSAGE_KEEP_DAYS} or less, as messages are kept for ${MESSAGE_KEEP_DAYS} days (MESSAGE_KEEP_DAYS).`,
	},
]

/** Whether this is one of several gateways over one database. */
export const isClustered = ({ CLUSTER_KEY, CLUSTER_KEY_FILE }: Config) =>
	CLUSTER_KEY !== undefined || CLUSTER_KEY_FILE !== undefined

function wrongWithCluster(config: Config): string | undefined {
	if (!isClustered(config)) return undefined
	const { STATE_URL, NODE_ADDRESS, SANDBOX } = config
	if (STATE_URL === undefined)
		return 'CLUSTER_KEY is for several gateways over one database: set STATE_URL to a PostgreSQL database, the same for all of them.'
	if (NODE_ADDRESS === undefined)
		return 'CLUSTER_KEY needs NODE_ADDRESS: the URL at which the other gateways reach this one, like http://10.0.0.7:3001.'
	if (SANDBOX === true)
		return 'The gateways of a cluster need one simulated WhatsApp for all of them: start it with `npm run sandbox`, and set SANDBOX to its URL.'
	return undefined
}

/** What is wrong with an own admin key that others could guess. Without one the start makes 256 random bits. */
export function shortKey({ HOST, ADMIN_KEY }: Pick<Config, 'HOST' | 'ADMIN_KEY'>) {
	if (isLoopback(HOST) || ADMIN_KEY === undefined || ADMIN_KEY.length >= 24) return undefined
	return (
		`HOST=${HOST} can be reached from other machines: set ADMIN_KEY to 24 or more random characters ` +
		'(for example `openssl rand -hex 24`), leave it out to have one made, or leave HOST at 127.0.0.1.'
	)
}
