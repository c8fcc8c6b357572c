import { DEFAULT_CONNECTION_CONFIG, type proto } from '@whiskeysockets/baileys'

/** Primary, secondary and tertiary number: 2.3000.1043857760. */
export type AppVersion = readonly number[]

/**
 * What a page answers with: the version (`fine`), a page without one, one that never ends, HTTP 503, nothing at all
 * (`silent`), or the end of the connection (`cut`).
 */
export const pageStates = ['fine', 'html', 'huge', 'error', 'silent', 'cut'] as const
export type PageState = (typeof pageStates)[number]

/** A page that says which version is the newest, and how often it was asked for. */
export type VersionPage = { version: AppVersion; state: PageState; requests: number }

/** Numbers of four parts and more are compared by their first three, as WhatsApp does. */
export function isOlder(version: AppVersion, than: AppVersion): boolean {
	const at = [0, 1, 2].find((place) => (version[place] ?? 0) !== (than[place] ?? 0))
	return at !== undefined && (version[at] ?? 0) < (than[at] ?? 0)
}

export const versionText = (version: AppVersion): string => version.join('.')

/** The version that a client says it has when it connects. */
export function versionOf({ userAgent }: proto.IClientPayload): AppVersion {
	const { primary, secondary, tertiary } = userAgent?.appVersion ?? {}
	return [primary ?? 0, secondary ?? 0, tertiary ?? 0]
}

/** Which versions of clients WhatsApp takes, and which it says is the newest. */
export class ClientVersions {
	/** Older clients are refused with 405; undefined takes all. */
	minimum: AppVersion | undefined
	/** How many connections were refused so far. */
	refused = 0
	/** WhatsApp's own page, and the file in which Baileys publishes a version. */
	readonly pages: { page: VersionPage; file: VersionPage } = { page: newPage(), file: newPage() }

	/** Whether a client that connects is too old. Counts the refusals. */
	refuses(version: AppVersion): boolean {
		if (!this.minimum || !isOlder(version, this.minimum)) return false
		this.refused++
		return true
	}

	reset(): void {
		this.minimum = undefined
		this.refused = 0
		this.pages.page = newPage()
		this.pages.file = newPage()
	}
}

const newPage = (): VersionPage => ({
	version: DEFAULT_CONNECTION_CONFIG.version,
	state: 'fine',
	requests: 0,
})
