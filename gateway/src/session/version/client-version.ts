import { DEFAULT_CONNECTION_CONFIG, type WAVersion } from '@whiskeysockets/baileys'

/** The version of WhatsApp Web as which a session connects: 2, 3000 and the revision. */
export type ClientVersion = WAVersion

/** What this release of Baileys was made with. */
export const BUILT_IN: ClientVersion = DEFAULT_CONNECTION_CONFIG.version

/** WhatsApp's protocol has 32 bits for each number. */
const MOST = 0xffff_ffff

/** How a version is written: 2.3000.1043857760. */
export const versionText = (version: ClientVersion): string => version.join('.')

/** Reads a version as it is written; undefined if it cannot be one. */
export function parseVersion(text: string): ClientVersion | undefined {
	return /^\d+\.\d+\.\d+$/.test(text) ? versionFrom(text.split('.')) : undefined
}

/** Three numbers as a version; undefined if they cannot be one. */
export function versionFrom(parts: readonly string[]): ClientVersion | undefined {
	const [primary = 0, secondary = 0, revision = 0] = parts.map(Number)
	const numbers: ClientVersion = [primary, secondary, revision]
	const isPlausible = numbers.every((number) => number > 0 && number <= MOST)
	return parts.length === 3 && isPlausible ? numbers : undefined
}

export function isNewer(version: ClientVersion, than: ClientVersion): boolean {
	const at = version.findIndex((number, place) => number !== than[place])
	return at >= 0 && version[at]! > than[at]!
}

export const isSameVersion = (one: ClientVersion, other: ClientVersion): boolean =>
	versionText(one) === versionText(other)
