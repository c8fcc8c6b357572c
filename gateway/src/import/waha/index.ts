import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Caller } from '../../http/api-keys/caller.ts'
import { applyConfig } from '../../http/dialects/waha/sessions/apply-config.ts'
import { isReserved } from '../../http/dialects/waha/sessions/name.ts'
import { deviceInDirectory } from '../../session/import-baileys/directory.ts'
import { ImportError } from '../../session/import-baileys/import-error.ts'
import {
	checkedCreds,
	linkedAccount,
	type StoredDevice,
} from '../../session/import-baileys/stored-device.ts'
import type { FoundSession, ImportSource } from '../found-session.ts'
import { readSessionConfig } from './config.ts'
import {
	CONFIG_FILE,
	CREDS_FILE,
	findDirectories,
	isOtherEngine,
	type SessionDirectory,
} from './directories.ts'
import { identityOfFile, processesWith } from './open-files.ts'
import { isUsable, readServerKeys, type ServerKey } from './server-keys.ts'

/** How long the files of a session must have been left alone. */
const QUIET_MS = 15_000

/** The operator, who may do everything. */
const operator: Caller = {
	key: 'import',
	role: 'admin',
	sessions: null,
	workspace: null,
	actions: null,
}

/** The sessions that WAHA keeps below its `.sessions`. Nothing of it is changed. @throws ImportError */
export async function openWaha(directory: string): Promise<ImportSource> {
	const { sessions, servers } = await findDirectories(directory)
	const keys = (await Promise.all(servers.map(readServerKeys))).flat()
	const paths = new Map<FoundSession, string>()
	return {
		title: `WAHA, ${directory}`,
		dialect: 'waha',
		keys: keys.filter((key) => key.session === null && isUsable(key)).map(({ key }) => key),
		notes: [
			'What the environment of WAHA says is not there: make WAHA_API_KEY the ADMIN_KEY of the gateway, or a key of it, and set a webhook for WHATSAPP_HOOK_URL.',
		],
		lookedFor: `Looked for directories with ${CREDS_FILE} or ${CONFIG_FILE} in ${directory} and in each directory below it. Give WAHA's .sessions.`,
		async sessions() {
			for (const each of sessions) paths.set(await foundSession(each, keys), each.path)
			return [...paths.keys()]
		},
		async signsOfLife(chosen) {
			const files = [...servers, ...servers.map((file) => `${file}-wal`)]
			for (const session of chosen) files.push(...(await filesIn(paths.get(session)!)))
			const users = await processesWith(await identitiesOf(files))
			return [
				...users.map((who) => `The files are open in the process ${who}.`),
				...(await justChanged(files)),
			]
		},
		close: async () => {},
	}
}

async function foundSession(directory: SessionDirectory, keys: ServerKey[]): Promise<FoundSession> {
	const { name, path, engine } = directory
	const common = { name, login: path, account: undefined, carries: [], leaves: [], warnings: [] }
	if (isOtherEngine(directory)) return { ...common, refusal: otherEngine(engine) }
	const device = await deviceInDirectory(path).catch(asRefusal)
	if (device instanceof ImportError) return { ...common, refusal: device.message }
	const account = linkedAccount(device.creds)
	const refusal = isReserved(name) ? RESERVED : whyNot(device)
	if (refusal !== undefined) return { ...common, account, refusal }
	const own = keys.filter(({ session }) => session === name)
	const usable = own.filter(isUsable)
	const { config, proxy, lacksProxy, ...found } = await readSessionConfig(path)
	return {
		...common,
		account,
		login: `${path}, ${device.keys.length} keys`,
		carries: [...found.carries, ...(usable.length ? [`its API keys: ${usable.length}`] : [])],
		leaves: [
			...found.leaves,
			...(usable.length < own.length ? ['an API key with too few or too many characters'] : []),
			'the messages of before',
		],
		warnings: device.keys.length ? [] : [NO_KEYS],
		content: {
			device,
			proxy,
			connects: !lacksProxy,
			keys: usable.map(({ key }) => key),
			data: {},
			webhooks: (config.webhooks ?? []).map(({ url }) => url),
			async finish(target, session, withWebhooks) {
				const { webhooks: _, ...rest } = config
				await applyConfig(target, session, operator, withWebhooks ? config : rest)
			},
		},
	}
}

const RESERVED =
	'Its name is a word of the API, at whose address no request would reach it. Rename its directory and repeat this.'

const NO_KEYS =
	'There are no keys beside creds.json. It connects without them, but each chat has to be encrypted anew: messages that ' +
	'others send first may arrive late, or not at all.'

const otherEngine = (engine: string) =>
	`Its engine is ${engine.toUpperCase()}, whose login is not that of Baileys: only NOWEB can be taken over. Link it anew by its QR.`

function asRefusal(error: unknown): ImportError {
	if (error instanceof ImportError) return error
	throw error
}

function whyNot({ place, creds }: StoredDevice): string | undefined {
	try {
		checkedCreds(place, creds)
		return undefined
	} catch (error) {
		return asRefusal(error).message
	}
}

const filesIn = async (directory: string) =>
	(await readdir(directory)).map((name) => join(directory, name))

async function identitiesOf(files: string[]): Promise<Set<string>> {
	const found = new Set<string>()
	for (const file of files) {
		const identity = await identityOfFile(file)
		if (identity !== undefined) found.add(identity)
	}
	return found
}

/** The file that was changed last, if that was a moment ago. */
async function justChanged(files: string[]): Promise<string[]> {
	let newest = { file: '', at: 0 }
	for (const file of files) {
		const at = (await stat(file).catch(() => undefined))?.mtimeMs ?? 0
		if (at > newest.at) newest = { file, at }
	}
	const age = Date.now() - newest.at
	return age < QUIET_MS
		? [`${newest.file} was changed ${Math.max(0, Math.round(age / 1000))} seconds ago.`]
		: []
}
