import { ImportError } from '../../session/import-baileys/import-error.ts'
import { checkedCreds, linkedAccount } from '../../session/import-baileys/stored-device.ts'
import { instanceKeys } from './instance-keys.ts'
import type { FoundSession, ImportSource } from '../found-session.ts'
import { directoryOf, loginOf } from './login.ts'
import { openKeyHashes, type KeyHashes } from './redis.ts'
import type { InstanceRow } from './rows.ts'
import { foundProxy } from './proxy.ts'
import { foundSettings } from './settings.ts'
import { openTables } from './tables.ts'
import { foundWebhook } from './webhook.ts'

export type EvolutionPlaces = {
	/** The URL of its PostgreSQL. */
	database: string
	/** The URL of its Redis, if it has one. */
	redis?: string | undefined
	redisPrefix?: string | undefined
	/** Its folder `instances`, or the one above. */
	files?: string | undefined
}

/** The sessions that Evolution API keeps. Nothing of it is changed. @throws ImportError */
export async function openEvolution(places: EvolutionPlaces): Promise<ImportSource> {
	const tables = await openTables(places.database)
	const hashes = await openRedis(places).catch(async (error: unknown) => {
		await tables.close()
		throw error
	})
	return {
		title: `Evolution API, ${tables.place}`,
		dialect: 'evolution',
		keys: [],
		notes: [
			'What the environment of Evolution API says is not there: make AUTHENTICATION_API_KEY the ADMIN_KEY of the gateway, or a key of it, and set a webhook for WEBHOOK_GLOBAL_URL.',
		],
		lookedFor: 'Looked for rows of the table "Instance". Give the database of Evolution API.',
		async sessions() {
			const found: FoundSession[] = []
			for (const row of await tables.instances())
				found.push(await foundSession(row, hashes, places.files))
			return found.sort((a, b) => a.name.localeCompare(b.name))
		},
		async signsOfLife() {
			const [connected, open, clients] = [
				await tables.others(),
				await tables.justOpen(),
				(await hashes?.others()) ?? [],
			]
			return [
				...connected.map((who) => `The database is used by ${who}.`),
				...clients.map((who) => `Redis is used by a client ${who}.`),
				...open.map((name) => `The instance ${name} was open less than a minute ago.`),
			]
		},
		async close() {
			await tables.close()
			await hashes?.close()
		},
	}
}

const openRedis = async ({ redis, redisPrefix }: EvolutionPlaces) =>
	redis === undefined ? undefined : openKeyHashes(redis, redisPrefix)

async function foundSession(
	row: InstanceRow,
	hashes: KeyHashes | undefined,
	files: string | undefined,
): Promise<FoundSession> {
	const {
		device,
		text: login,
		warnings,
	} = await loginOf({
		creds: row.creds,
		hash: await hashes?.of(row.id),
		directory: await directoryOf(files, row.id),
	})
	const account = linkedAccount(device?.creds)
	const common = { name: row.name, account, login, carries: [], leaves: [], warnings: [] }
	const refusal = whyNot(row, device)
	if (refusal !== undefined || !device) return { ...common, refusal: refusal ?? '' }
	const proxy = foundProxy(row.proxy)
	const settings = foundSettings(row.setting)
	const webhook = foundWebhook(row.webhook)
	const keys = instanceKeys(row)
	return {
		...common,
		carries: [...keys.carries, ...webhook.carries, ...settings.carries, ...proxy.carries],
		leaves: [
			...keys.leaves,
			...webhook.leaves,
			...proxy.leaves,
			...(row.features.length ? [`what is set in ${row.features.join(', ')}`] : []),
			'the messages of before',
		],
		warnings,
		content: {
			device,
			keys: keys.keys,
			proxy: proxy.url,
			connects: proxy.leaves.length === 0,
			data: { instanceId: row.id },
			webhooks: webhook.urls,
			async finish(target, session, withWebhooks) {
				await settings.set(session)
				if (withWebhooks) await webhook.set(target, session)
			},
		},
	}
}

/** Why an instance cannot be taken over; undefined if it can. */
function whyNot(
	{ integration, ownerJid }: InstanceRow,
	device: Awaited<ReturnType<typeof loginOf>>['device'],
): string | undefined {
	if (integration && integration !== 'WHATSAPP-BAILEYS')
		return `It is of the kind ${integration}, which has no linked device. Only WHATSAPP-BAILEYS can be taken over.`
	if (!device && !ownerJid) return 'It was never linked. Make it anew and scan its QR.'
	if (!device) return NO_LOGIN
	try {
		checkedCreds(device.place, device.creds)
		return undefined
	} catch (error) {
		if (error instanceof ImportError) return error.message
		throw error
	}
}

const NO_LOGIN =
	'Its login is neither in the database nor in Redis. With CACHE_REDIS_SAVE_INSTANCES=true it is in Redis: give --redis. ' +
	'With PROVIDER_ENABLED=true it is in a file server, which is not read: put what it has of the instance into a directory, as ' +
	'creds.json and a file TYPE-ID.json for each key, and import that with `import DIR SESSION`. Or scan a new QR.'
