import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { generateKeyPair, type KeyPair } from './wire/curve.ts'
import { newAuthority, type CertifiedIdentity } from './wire/x509.ts'
import type { Channel } from './server/model.ts'
import type { Account } from './server/model.ts'
import type { Group } from './server/model.ts'
import type { PhoneState } from './phone/state.ts'

/** All that a sandbox must remember to go on where it stopped. */
export type SandboxState = {
	version: 1
	/** Signs the server's certificate; clients trust its public half. */
	root: KeyPair
	/** Signs the certificate of the media host. */
	mediaAuthority: CertifiedIdentity
	accounts: Account[]
	groups: Group[]
	channels: Channel[]
	/** By phone number. */
	phones: Record<string, PhoneState>
}

const MARK = '$bytes'

/** Before `toJSON` gets at it, a Buffer is still a Uint8Array; `this` is what holds it. */
function withBytes(this: Record<string, unknown>, key: string, value: unknown) {
	const original = this[key]
	return original instanceof Uint8Array
		? { [MARK]: Buffer.from(original).toString('base64') }
		: value
}

const reviveBytes = (_key: string, value: Record<string, unknown> | null) =>
	typeof value?.[MARK] === 'string' ? Buffer.from(value[MARK], 'base64') : value

/** One for all that a process makes: a client that trusts it reads all certificates of the world first. */
let authority: CertifiedIdentity | undefined

export const emptyState = (): SandboxState => ({
	version: 1,
	root: generateKeyPair(),
	mediaAuthority: (authority ??= newAuthority()),
	accounts: [],
	groups: [],
	channels: [],
	phones: {},
})

/** @throws when the file is there but cannot be read: its people would be lost by starting anew */
export function readState(path: string): SandboxState {
	let text: string
	try {
		text = readFileSync(path, 'utf8')
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return emptyState()
		throw error
	}
	return { ...emptyState(), ...(JSON.parse(text, reviveBytes) as SandboxState) }
}

export function writeState(path: string, state: SandboxState): void {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
	const temporary = `${path}.tmp`
	writeFileSync(temporary, JSON.stringify(state, withBytes), { mode: 0o600 })
	renameSync(temporary, path)
}
