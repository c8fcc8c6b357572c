import type { Delivery } from '../../../delivery/index.ts'
import type { SessionStatus } from '../../../events/types/session-status.ts'
import { createCondition } from '../../../lib/condition.ts'
import { MINUTE_MS } from '../../../lib/units.ts'
import type { CeremonyStep } from '../../../session/passkey/ceremony.ts'
import type { Sessions } from '../../../session/sessions.ts'
import type { LinkEnding } from '../../links/link-ended.ts'
import type { LinkRecord } from '../../links/link-record.ts'
import type { Links } from '../../links/store.ts'

/** What the page of a link shows: nothing of the session but how far its linking is. */
export type LinkNews = {
	status: 'waiting' | 'qr' | 'passkey' | 'finishing' | LinkEnding
	/** Tells one QR code from the next. */
	qr: string | null
	/** How far linking with a passkey is, in status `passkey`. */
	passkey?: CeremonyStep
}

export type LinkNewsOptions = {
	link: LinkRecord
	/** The link as it is now; undefined once it is gone. */
	current(): LinkRecord | undefined
	links: Links
	sessions: Sessions
	listen: Delivery['listen']
}

/** An expiry comes without an event. */
const LOOK_MS = 1000
const HEARTBEAT_MS = 10_000
/** A phone that was scanned connects within it. */
const FINISHING_MS = MINUTE_MS

/** Server-sent events: `link` whenever the linking gets on, `ping` in between. Ends with the link. */
export function linkNewsStream(options: LinkNewsOptions): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder()
	let last = ''
	let lastWord = Date.now()
	let isOver = false
	let isNew = false
	const changes = createCondition()
	const unlisten = options.listen((session) => {
		if (session !== options.link.session) return
		isNew = true
		changes.happen()
	})

	/** Resolves when something happened, and after a second at the latest. */
	async function wait(): Promise<void> {
		await changes.until(() => isOver || isNew, LOOK_MS)
		isNew = false
	}

	async function next(): Promise<string> {
		for (; !isOver; await wait()) {
			const text = JSON.stringify(newsOf(options))
			if (text !== last) return `event: link\ndata: ${(last = text)}\n\n`
			if (Date.now() > lastWord + HEARTBEAT_MS) return 'event: ping\ndata: {}\n\n'
		}
		return ''
	}

	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				controller.enqueue(encoder.encode(await next()))
				lastWord = Date.now()
			},
			cancel() {
				isOver = true
				unlisten()
				changes.happen()
			},
		},
		{ highWaterMark: 0 },
	)
}

function newsOf({ current, links, sessions }: LinkNewsOptions): LinkNews {
	const link = current()
	const session = link && sessions.find(link.session)
	if (!link || !session) return { status: 'gone', qr: null }
	const { status, me } = session.view()
	const state = links.stateOf(link)
	if (state === 'linked' || (me && status !== 'logged_out'))
		return { status: isFinishing(link, status) ? 'finishing' : 'linked', qr: null }
	if (state !== 'new' && state !== 'opened') return { status: state, qr: null }
	const passkey = session.passkeys.step()
	if (passkey && (status === 'passkey' || passkey.stage === 'failed'))
		return { status: 'passkey', qr: null, passkey }
	if (status !== 'linking') return { status: 'waiting', qr: null }
	return { status: 'qr', qr: links.qrOf(link.session) ?? null }
}

/** Between the scan and the first connection. What becomes of the session later is not for the page. */
function isFinishing({ linked_at }: LinkRecord, status: SessionStatus): boolean {
	const isRecent = linked_at === null || Date.now() < Date.parse(linked_at) + FINISHING_MS
	return isRecent && (status === 'linking' || status === 'connecting')
}
