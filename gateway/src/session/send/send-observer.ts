import type { LimitReason } from '../governor/reasons.ts'

/** Told how sends end. It is called for each message, so it may do no more than count. */
export type SendObserver = {
	/** @param seconds since it was handed over; undefined if it was sent again over a later connection */
	acknowledged(seconds: number | undefined): void
	/** WhatsApp does not accept it. */
	refused(): void
	/** It could not be made ready, and nothing of it has left. */
	notSent(): void
	/** The governor does not let it out now. @param reason one of `limitReasons` */
	limited(reason: LimitReason): void
}
