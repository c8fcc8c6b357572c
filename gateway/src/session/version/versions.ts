import { z } from 'zod'
import type { Log } from '../../log.ts'
import type { Tunnel } from '../../lib/net/tunnel.ts'
import { untilAborted } from '../../lib/until-aborted.ts'
import { DamagedError, type Document, type Storage } from '../../storage/driver.ts'
import {
	BUILT_IN,
	isNewer,
	isSameVersion,
	parseVersion,
	versionText,
	type ClientVersion,
} from './client-version.ts'
import { versionSources, type VersionOrigin, type VersionSource } from './sources.ts'
import type { VersionTimes } from './times.ts'

/** What the pages have said last, in the document `client-version`. */
const knownVersion = z.object({
	version: z.string().refine((text) => parseVersion(text) !== undefined),
	origin: z.enum(['whatsapp', 'baileys']),
	/** When a page has said so the last time: milliseconds since 1970. */
	checked_at: z.number(),
})
type KnownVersion = z.output<typeof knownVersion>

/** How looking for a version has ended: with another one, with the same, or without an answer. */
export type LookUp = 'found' | 'same' | 'failed'

/** What follows from a refusal: the version to connect with now, or what a person can do. */
export type Refusal = { next: ClientVersion | undefined; origin: VersionOrigin; advice: string }

/** What who runs the gateway wants to know of it. */
export type VersionInfo = {
	version: string
	origin: VersionOrigin
	/** When a page has said so the last time; null if none has. */
	checked_at: string | null
	/** Whether WhatsApp refuses it. */
	refused: boolean
}

export type VersionsOptions = {
	storage: Storage
	/** Where the sessions connect, if that is not WhatsApp's own server. */
	wsUrl: string | undefined
	/** The one that the operator wants; nothing is looked up then. */
	setting: ClientVersion | undefined
	times: VersionTimes
	log: Log
	/** Told of every refusal and every look-up. */
	observer?: VersionObserver | undefined
}

export type VersionObserver = {
	refused(): void
	lookedUp(outcome: LookUp): void
}

/** The way of a session: what it connects through, if not directly. */
type Way = () => Tunnel | undefined

export type Versions = Awaited<ReturnType<typeof openVersions>>

/**
 * The version of WhatsApp Web as which all sessions connect. WhatsApp refuses old ones. What the pages said last is kept,
 * so that a start needs no network; they are asked by the way of the session that needs it, never around its proxy.
 */
export async function openVersions(options: VersionsOptions) {
	const { storage, setting, times, log, observer } = options
	const sources = versionSources(options.wsUrl, times.deadlineMs)
	const document = await openKnown(storage, log)
	const ending = new AbortController()
	const listeners = new Set<() => void>()
	let known = document?.data.known ?? null
	let refusedVersion: ClientVersion | undefined
	let looking: Promise<void> | undefined
	let lookedAt = -Infinity
	let lookedAfterRefusalAt = -Infinity
	let troubles: string[] = []

	function current(): { version: ClientVersion; origin: VersionOrigin } {
		if (setting) return { version: setting, origin: 'setting' }
		const version = known && parseVersion(known.version)
		return !known || !version || isNewer(BUILT_IN, version)
			? { version: BUILT_IN, origin: 'built_in' }
			: { version, origin: known.origin }
	}

	const isRefused = () =>
		refusedVersion !== undefined && isSameVersion(refusedVersion, current().version)

	/** Asks one page after the other until one has a version that helps. */
	async function lookUp(tunnel: Tunnel | undefined): Promise<LookUp> {
		lookedAt = performance.now()
		troubles = []
		let outcome: LookUp = 'failed'
		for (const source of sources) {
			const version = await ask(source, tunnel)
			if (!version) continue
			outcome = 'same'
			if (!helps(source, version)) continue
			const isNews = !isSameVersion(version, current().version)
			await keep({ version: versionText(version), origin: source.name, checked_at: Date.now() })
			return isNews ? 'found' : 'same'
		}
		if (outcome === 'same' && known) await keep({ ...known, checked_at: Date.now() })
		return outcome
	}

	async function ask(source: VersionSource, tunnel: Tunnel | undefined) {
		try {
			const version = await source.find(tunnel, ending.signal)
			if (isRefused() && !helps(source, version)) troubles.push(`${source.host} names no newer one`)
			return version
		} catch (error) {
			const why = (error as Error).message
			troubles.push(`${source.host} ${why}`)
			if (!ending.signal.aborted) log.info({ host: source.host, why }, 'no version from a page')
			return undefined
		}
	}

	/** WhatsApp's own page is right even if it goes back; the other one may lag behind. */
	function helps({ name }: VersionSource, version: ClientVersion): boolean {
		if (refusedVersion && isSameVersion(version, refusedVersion)) return false
		return name === 'whatsapp' || !isNewer(current().version, version)
	}

	async function keep(found: KnownVersion): Promise<void> {
		const before = current().version
		known = found
		await document
			?.update((draft) => void (draft.known = found))
			.catch((err) => log.warn({ err }, 'version of WhatsApp Web not kept'))
		if (isSameVersion(before, current().version)) return
		log.info({ version: found.version, origin: found.origin }, 'another version of WhatsApp Web')
		for (const listener of listeners) listener()
	}

	function start(way: Way): Promise<void> {
		looking = lookUp(way())
			.then((outcome) => observer?.lookedUp(outcome))
			.finally(() => (looking = undefined))
		return looking
	}

	/** One look-up for all sessions that are refused, and none too soon after the last one. */
	async function lookUpAfterRefusal(way: Way): Promise<void> {
		// One that is under way may have asked before WhatsApp changed its mind.
		await looking
		if (!isRefused() || looking) return looking
		if (performance.now() < lookedAfterRefusalAt + times.minimumMs) return
		lookedAfterRefusalAt = performance.now()
		return start(way)
	}

	/** Asks the pages now and then. The first time of all is waited for, as nothing is known but what is built in. */
	async function lookUpIfOld(way: Way): Promise<void> {
		if (!known && looking) return looking
		const isOld = !known || Date.now() > known.checked_at + times.freshMs
		if (!isOld || looking || performance.now() < lookedAt + times.minimumMs) return
		const isFirst = lookedAt === -Infinity
		const done = start(way)
		if (!known && isFirst) await done
	}

	function adviceFor(version: ClientVersion): string {
		const refused = `WhatsApp refuses version ${versionText(version)} of its web client`
		if (setting)
			return `${refused}, which WHATSAPP_VERSION names. Set a newer one or remove the setting, and restart the gateway.`
		const why = troubles.length ? ` (${troubles.join('; ')})` : ''
		return `${refused}, and no newer one was found${why}. The gateway looks again and connects by itself. If this lasts, update the gateway, or set WHATSAPP_VERSION to the version of web.whatsapp.com.`
	}

	return {
		/** The version to connect with. Waits for the pages, if nothing better is known, but not for long. */
		async ready(way: Way, off: AbortSignal): Promise<ClientVersion> {
			if (setting) return setting
			const limit = AbortSignal.any([off, AbortSignal.timeout(times.waitMs)])
			await untilAborted(isRefused() ? lookUpAfterRefusal(way) : lookUpIfOld(way), limit)
			return current().version
		},
		/** Takes note that WhatsApp refused a version, and looks for another one. */
		async refused(version: ClientVersion, way: Way, off: AbortSignal): Promise<Refusal> {
			observer?.refused()
			if (isSameVersion(version, current().version)) refusedVersion = version
			if (!setting && isRefused()) await untilAborted(lookUpAfterRefusal(way), off)
			const { version: now, origin } = current()
			const next = isSameVersion(now, version) ? undefined : now
			return { next, origin, advice: adviceFor(version) }
		},
		/** Takes note that WhatsApp took a version. */
		accepted(version: ClientVersion): void {
			if (refusedVersion && isSameVersion(version, refusedVersion)) refusedVersion = undefined
		},
		/** How long a session waits at least whose version is refused, in milliseconds. */
		retryMs: times.retryMs,
		/** Calls the listener whenever sessions connect with another version. */
		onChange: (listener: () => void) => void listeners.add(listener),
		info(): VersionInfo {
			const { version, origin } = current()
			const isOfPage = known && origin === known.origin
			return {
				version: versionText(version),
				origin,
				checked_at: isOfPage ? new Date(known!.checked_at).toISOString() : null,
				refused: isRefused(),
			}
		},
		/** Ends what is under way. */
		async close(): Promise<void> {
			ending.abort()
			await looking
		},
	}
}

const kept = z.object({ known: knownVersion.nullable() })
type Kept = z.output<typeof kept>

/** What cannot be read is no reason to stop: it is found again. */
async function openKnown(storage: Storage, log: Log): Promise<Document<Kept> | undefined> {
	try {
		return await storage.document<Kept>('client-version', () => ({ known: null }), kept)
	} catch (error) {
		if (!(error instanceof DamagedError)) throw error
		log.warn({ err: error }, 'the version of WhatsApp Web that was kept cannot be read')
		return undefined
	}
}
