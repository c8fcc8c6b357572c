export type LeaseTimes = {
	/** How long a process that has fallen silent owns what it has, in milliseconds. @default 10 s */
	leaseMs: number
	/** How often the owner renews that. @default 3 s */
	renewMs: number
	/** By so much earlier the owner stops. @default 2 s */
	marginMs: number
}

export const usualTimes: LeaseTimes = { leaseMs: 10_000, renewMs: 3_000, marginMs: 2_000 }

/** A moment by two clocks: one stands still while the machine is suspended, and the other one can be set. */
type Moment = { steady: number; wall: number }

const now = (): Moment => ({ steady: performance.now(), wall: Date.now() })

/** Tells whether a lease surely holds. It counts from before the lease was asked for. */
export function createLeaseClock({ leaseMs, marginMs }: LeaseTimes) {
	let last = now()
	return {
		now,
		/** It was given, or renewed. @param asked when that was asked for */
		renewed: (asked: Moment) => void (last = asked),
		holds() {
			const { steady, wall } = now()
			return Math.max(steady - last.steady, wall - last.wall) < leaseMs - marginMs
		},
	}
}
