import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BufferJSON, initAuthCreds, type AuthenticationState } from '@whiskeysockets/baileys'
import type { Phone } from '../../../gateway/src/sandbox/index.ts'
import type { Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../baileys-client.ts'

/** What plain Baileys has of a device: each key by the name that Baileys has for it, as JSON. */
export type StoredByBaileys = { creds: string; keys: Map<string, string> }

const asJson = (value: unknown) => JSON.stringify(value, BufferJSON.replacer)

/** An authentication state whose keys can be looked at. */
function openAuth() {
	const keys = new Map<string, string>()
	const auth: AuthenticationState = {
		creds: initAuthCreds(),
		keys: {
			get: async (type, ids) =>
				Object.fromEntries(
					ids.flatMap((id) => {
						const found = keys.get(`${type}-${id}`)
						return found === undefined ? [] : [[id, JSON.parse(found, BufferJSON.reviver)]]
					}),
				) as never,
			async set(data) {
				for (const [type, entries] of Object.entries(data))
					for (const [id, value] of Object.entries(entries))
						if (value === null) keys.delete(`${type}-${id}`)
						else keys.set(`${type}-${id}`, asJson(value))
			},
		},
	}
	return { auth, keys }
}

/** A device of plain Baileys that is linked, has talked to a person in both directions, and was stopped. */
async function deviceOfBaileys(
	sandbox: Sandbox,
	owner: Phone,
	peer: Phone,
): Promise<StoredByBaileys> {
	const { auth, keys } = openAuth()
	const client = await new BaileysClient(sandbox, { auth }).link(owner)
	await client.says(`${peer.account.phone}@s.whatsapp.net`, 'from plain Baileys')
	await peer.receives('from plain Baileys')
	const id = await peer.says('to plain Baileys', { to: owner })
	await client.receives('to plain Baileys')
	await sandbox.whatsapp.log.waitFor(
		({ direction, account, device, stanza }) =>
			direction === 'in' &&
			account === owner.account.phone &&
			device !== 0 &&
			stanza.tag === 'receipt' &&
			stanza.attrs.id === id,
	)
	await client.end()
	return { creds: asJson(auth.creds), keys }
}

/** Writes keys as files, with names as Baileys writes them. */
export async function writeKeyFiles(directory: string, keys: Map<string, string>): Promise<void> {
	await mkdir(directory, { recursive: true })
	for (const [name, value] of keys) await writeFile(join(directory, `${escaped(name)}.json`), value)
}

/** The directory of `useMultiFileAuthState`. */
export async function writeAuthDirectory(directory: string, { creds, keys }: StoredByBaileys) {
	await writeKeyFiles(directory, keys)
	await writeFile(join(directory, 'creds.json'), creds)
}

const escaped = (name: string) => name.replaceAll('/', '__').replaceAll(':', '-')

/** A person with a linked device of plain Baileys, and one whom they talk to. */
export async function linkedPair(sandbox: Sandbox, number: number) {
	const owner = sandbox.phone(`49170000001${number}`, { name: `Owner ${number}` })
	const peer = sandbox.phone(`49170000002${number}`, { name: `Peer ${number}` })
	return { owner, peer, stored: await deviceOfBaileys(sandbox, owner, peer) }
}

/** A login that looks like one, for lists: nothing connects with it. */
export const unusedLogin = (stored: StoredByBaileys, registrationId: number): StoredByBaileys => ({
	...stored,
	creds: JSON.stringify({ ...(JSON.parse(stored.creds) as object), registrationId }),
})
