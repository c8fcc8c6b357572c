import type { Clock } from '../../lib/clock.ts'
import { DAY_MS, SECOND_MS } from '../../lib/units.ts'
import type { Change } from '../../storage/driver.ts'
import { askAccountLimits } from '../ask/account-limits.ts'
import { identityOf } from '../identity.ts'
import type { SessionContext } from '../session-context.ts'
import type { GovernorMode, SessionSettings } from '../session-settings.ts'
import type { SessionState } from '../state/index.ts'
import { limitsOf, type Limits } from './figures.ts'
import { createFirstMessages, type FirstMessages } from './first-messages.ts'
import { createLinkedAt } from './linked-at.ts'
import { checksFreeAt, checksIn, withChecks } from './number-checks.ts'
import { createPacing, type Pace } from './pacing.ts'
import { quietUntil } from './quiet-hours.ts'
import { governorRefuses, type Hold, type LimitReason } from './reasons.ts'
import { textHash } from './same-text.ts'
import { lastHeard, standingOf as standingIn } from './standing.ts'
import { createTelling } from './tell.ts'
import { governorViewOf, type GovernorView } from './view.ts'
import { capOf, FRESH_MS, lockedUntil, nothingKnown } from './whatsapp-limits.ts'

export type GovernorOptions = Pick<
	SessionContext,
	'state' | 'current' | 'socket' | 'otherName' | 'me' | 'publish' | 'failed' | 'log'
> & {
	settings(): SessionSettings
	/** Of the gateway; a session may have another one. */
	mode: GovernorMode
	clock: Clock
	/** When the session was created: Unix time in milliseconds. */
	createdAt(): number
	/** Texts are counted by a hash that is made with it. */
	secret: string
	/** Told of each message and look-up that is refused. */
	refused?: ((reason: LimitReason) => void) | undefined
}

/** Leave for a message. It is used when the message is kept, or given back. */
export type Leave = {
	/** @param to the jid that the message goes to @returns what is to be committed with the message */
	use(to: string): Change[]
	giveBack(): void
}

/** What may be done with a message now. */
export type Verdict = { first: boolean; hold?: Hold | undefined }

/** WhatsApp has so long to say how many new chats it allows: a message waits for that. */
const ASK_MS = 5 * SECOND_MS
/** If it does not say it, nobody asks again for so long. */
const ASK_AGAIN_MS = 10 * 60 * SECOND_MS
/** Who has written in that time is answered, and nothing holds that up. */
const ANSWER_MS = DAY_MS
/** From so many people within a day on, a text is noticed. */
const SAME_TEXT = 20

export type Governor = ReturnType<typeof createGovernor>

/** Limits how many new people an account writes to, and obeys WhatsApp's own limits. */
export function createGovernor(options: GovernorOptions) {
	const { state, current, socket, otherName, settings, clock, log, refused } = options
	const pace = createPacing(clock)
	const linkedAt = createLinkedAt()
	const { tell, stop } = createTelling(options)
	let book: { of: SessionState; firsts: FirstMessages } | undefined
	let asking: Promise<void> | undefined
	let failedAt = -Infinity

	function firstsOf(ready: SessionState): FirstMessages {
		if (book?.of !== ready)
			book = { of: ready, firsts: createFirstMessages(ready.messages.chats, clock.now()) }
		return book.firsts
	}

	const limitsIn = (ready: SessionState): Limits =>
		limitsOf(settings(), options.mode, linkedAt(ready.auth) ?? options.createdAt(), clock.now())

	const isOff = () => (settings().governor.mode ?? options.mode) === 'off'

	const knownIn = ({ governor }: SessionState) => governor.get('whatsapp') ?? nothingKnown

	const standingOf = (jid: string, ready: SessionState) => standingIn(jid, ready, options)

	/** Whether it answers a person: they have written lately. */
	const isAnswer = (jid: string, ready: SessionState) =>
		(lastHeard(jid, ready) ?? -Infinity) > clock.now() - ANSWER_MS

	/** What WhatsApp, or the quiet hours, say about people: new ones, or those who are answered. */
	function heldFor(
		isNew: boolean,
		isAnswered: () => boolean,
		ready: SessionState,
	): Hold | undefined {
		const now = clock.now()
		const until = lockedUntil(knownIn(ready))
		if (isNew && until > now) return { reason: 'reachout_timelock', until }
		const quiet = quietUntil(settings().governor, now)
		if (quiet !== undefined && !isAnswered()) return { reason: 'quiet_hours', until: quiet }
		return undefined
	}

	function heldByFigures(limits: Limits, ready: SessionState): Hold | undefined {
		const now = clock.now()
		const firsts = firstsOf(ready)
		const known = knownIn(ready)
		const cap = capOf(known, () => firsts.since(known.askedAt, now) + firsts.held)
		if (cap && cap.until > now) return cap
		const { hour, day } = firsts.freeAt(limits, now)
		if (day > now && day >= hour) return { reason: 'first_messages_day', until: day }
		return hour > now ? { reason: 'first_messages_hour', until: hour } : undefined
	}

	function verdictOn(jid: string, ready: SessionState): Verdict {
		const standing = standingOf(jid, ready)
		const first = standing === 'stranger'
		if (standing === 'free' || isOff()) return { first }
		const hold = heldFor(first || standing === 'begun', () => isAnswer(jid, ready), ready)
		// More messages to a person who is about to get the first need no place of their own.
		if (hold || !first || firstsOf(ready).isHeld(personOf(jid))) return { first, hold }
		return { first, hold: heldByFigures(limitsIn(ready), ready) }
	}

	const personOf = (jid: string) => identityOf(jid, otherName).id

	/** Asks WhatsApp for its figures if a first message is about to go out and they are old. */
	async function freshFigures(jid: string, ready: SessionState): Promise<void> {
		if (isOff() || standingOf(jid, ready) !== 'stranger') return
		const now = clock.now()
		const isOld = knownIn(ready).askedAt <= now - FRESH_MS
		if (isOld && failedAt <= now - ASK_AGAIN_MS) await ask().catch(() => undefined)
	}

	/** @throws GatewayError those of `askWhatsApp` */
	function ask(): Promise<void> {
		asking ??= askOnce().finally(() => (asking = undefined))
		return within(asking)
	}

	async function askOnce() {
		const open = socket()
		if (!open) return
		try {
			const said = await askAccountLimits(open)
			const ready = current()
			if (!ready) return
			const { refusedAt, told } = knownIn(ready)
			const known = { ...said, askedAt: clock.now(), refusedAt, told }
			const change = ready.governor.set('whatsapp', known)
			failedAt = -Infinity
			if (!tell(ready)) ready.commit([change], { canWait: true }).catch(options.failed)
		} catch (error) {
			failedAt = clock.now()
			throw error
		}
	}

	function refuse(hold: Hold): never {
		refused?.(hold.reason)
		log.info({ reason: hold.reason }, 'held back by the governor')
		throw governorRefuses(hold, clock.now())
	}

	function leaveFor(jid: string, text: string | undefined, ready: SessionState): Leave {
		const firsts = firstsOf(ready)
		const person = personOf(jid)
		let isHeld = true
		firsts.hold(person)

		function giveBack() {
			if (isHeld) firsts.release(person)
			isHeld = false
		}

		return {
			giveBack,
			use(to) {
				giveBack()
				// Another message was faster, or WhatsApp spells the number differently and the person is known.
				if (standingOf(to, ready) !== 'stranger') return []
				const first = { at: clock.now(), text: textHash(options.secret, text) }
				const people = firsts.note(first)
				if (people === SAME_TEXT) noticeSameText(people)
				return [ready.messages.chats.begin(to, first)]
			},
		}
	}

	function noticeSameText(people: number) {
		log.warn({ people }, 'the same text goes to many new people')
	}

	return {
		/**
		 * Asks leave for a message to a person, group or channel. Waits for WhatsApp's own figures if they are old and
		 * this would be a first message.
		 * @param text of the message, if it has one
		 * @returns undefined if nothing is to be counted
		 * @throws GatewayError governor_limited
		 */
		async admit(jid: string, text: string | undefined): Promise<Leave | undefined> {
			const ready = await state()
			await freshFigures(jid, ready)
			const { first, hold } = verdictOn(jid, ready)
			if (hold) refuse(hold)
			return first ? leaveFor(jid, text, ready) : undefined
		},
		/** Whether a message to them may leave now, as far as it is known. */
		async wouldAdmit(jid: string): Promise<Verdict> {
			const ready = await state()
			await freshFigures(jid, ready)
			return verdictOn(jid, ready)
		},
		now: clock.now,
		/** Counts numbers that are looked up. @throws GatewayError governor_limited */
		takeChecks(count: number): void {
			const ready = current()
			if (!ready) return
			const now = clock.now()
			const counts = ready.governor.get('number-checks') ?? {}
			const until = checksFreeAt(counts, count, limitsIn(ready), now)
			if (until > now) refuse({ reason: 'number_checks', until })
			const change = ready.governor.set('number-checks', withChecks(counts, count, now))
			ready.commit([change], { canWait: true }).catch(options.failed)
		},
		/** Whether a message that is no answer shows that the account is typing. */
		types(jid: string): boolean {
			const ready = current()
			return !!ready && limitsIn(ready).typing && !isFreeOrAnswer(jid, ready)
		},
		/**
		 * Waits until a message may leave, after those to others.
		 * @param own what the message itself asks for; its pause holds in every mode, and for answers
		 */
		async pace(jid: string, own: Omit<Pace, 'settingMs'>): Promise<void> {
			const ready = current()
			if (!ready) return
			const settingMs = isFreeOrAnswer(jid, ready) ? undefined : limitsIn(ready).pauseMs
			await pace(personOf(jid), { ...own, settingMs })
		},
		/** WhatsApp refuses messages to new people (code 463): none goes out until WhatsApp's time is over. */
		async locked(): Promise<void> {
			const ready = await state()
			const change = ready.governor.set('whatsapp', {
				...knownIn(ready),
				refusedAt: clock.now(),
			})
			await ready.commit([change])
			await ask().catch((err) => log.warn({ err }, 'WhatsApp does not say how long'))
			tell(ready)
		},
		/** The state was opened: what was told before the last end may be over. */
		opened: (ready: SessionState) => void tell(ready),
		/** Ends its timer. */
		stop,
		/** Asks WhatsApp for its figures, if there is a connection. @throws GatewayError those of `askWhatsApp` */
		ask,
		/** How things stand. */
		async view(): Promise<GovernorView> {
			const ready = await state()
			const now = clock.now()
			const limits = limitsIn(ready)
			const firsts = firstsOf(ready)
			const known = knownIn(ready)
			const hold =
				limits.mode === 'off'
					? undefined
					: (heldFor(true, () => false, ready) ?? heldByFigures(limits, ready))
			return governorViewOf({
				limits,
				known,
				hold,
				firsts: firsts.used(now),
				checks: checksIn(ready.governor.get('number-checks') ?? {}, now),
				sameText: firsts.mostSameText(now),
			})
		},
	}

	function isFreeOrAnswer(jid: string, ready: SessionState): boolean {
		return standingOf(jid, ready) === 'free' || isAnswer(jid, ready)
	}
}

function within(work: Promise<void>): Promise<void> {
	let timer: NodeJS.Timeout | undefined
	const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ASK_MS).unref()))
	return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
