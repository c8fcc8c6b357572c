const SECOND = 1000
const MINUTE = 60 * SECOND

/** How much is measured. Everything ends: what takes longer than a limit is cut there and says so. */
export type Sizes = {
	/** Sends before anything is measured, so that both have their code compiled. */
	warmUp: number
	texts: number
	people: number
	receive: {
		/** Messages a second. */
		rates: number[]
		seconds: number
		atOnce: number
		/** From so many people at once. */
		bursts: number[]
	}
	group: {
		members: number[]
		/** How many sends are measured at the start, and after so many. */
		window: number
		grownTo: number
		/** The groups that grow: it takes raw Baileys a minute each. */
		grown: number[]
		received: number
	}
	/** Files of 100 KB and of 1 MB in each case. */
	media: { small: number; big: number }
	sessions: number[]
	idleMs: number
	growth: { window: number; early: number; late: number; inGroups: boolean }
	/** No series begins another message after this. */
	limitMs: number
}

/** A run of some five minutes. */
export const usual: Sizes = {
	warmUp: 150,
	texts: 700,
	people: 100,
	receive: { rates: [50, 200], seconds: 8, atOnce: 500, bursts: [1, 10, 100] },
	group: { members: [10, 100], window: 100, grownTo: 1500, grown: [100], received: 500 },
	media: { small: 200, big: 60 },
	sessions: [1, 20, 50],
	idleMs: 3 * SECOND,
	growth: { window: 500, early: 1000, late: 5000, inGroups: false },
	limitMs: MINUTE,
}

/** The figures that the project is measured by; an hour or more, nearly all of it raw Baileys in groups. */
export const full: Sizes = {
	warmUp: 300,
	texts: 2000,
	people: 100,
	receive: { rates: [50, 200], seconds: 30, atOnce: 5000, bursts: [1, 10, 100] },
	group: { members: [10, 100], window: 100, grownTo: 1500, grown: [10, 100], received: 500 },
	media: { small: 1000, big: 300 },
	sessions: [1, 50, 200],
	idleMs: 10 * SECOND,
	growth: { window: 1000, early: 1000, late: 100_000, inGroups: true },
	limitMs: 20 * MINUTE,
}

/** Just enough to see that everything works. */
export const tiny: Sizes = {
	warmUp: 5,
	texts: 20,
	people: 3,
	receive: { rates: [50], seconds: 0.4, atOnce: 20, bursts: [1, 3] },
	group: { members: [3], window: 5, grownTo: 10, grown: [3], received: 5 },
	media: { small: 5, big: 3 },
	sessions: [1, 2],
	idleMs: 100,
	growth: { window: 5, early: 10, late: 20, inGroups: true },
	limitMs: 10 * SECOND,
}
