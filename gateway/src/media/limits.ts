const MB = 1024 * 1024

/** How much a file may ask of us, whoever sent it. */
export const limits = {
	/** Of an image, or of all frames of an animation together. */
	pixels: 50e6,
	/** For one image. */
	imageSeconds: 60,
	/** For one run of ffmpeg, by the clock and by its CPU. */
	ffmpegSeconds: 180,
	/** Largest single piece of memory that ffmpeg may ask for. */
	ffmpegAllocation: 256 * MB,
	/** What ffprobe may say. */
	probeBytes: MB,
	/** Conversions at a time. */
	conversions: 2,
	redirects: 3,
} as const

export type FetchTimes = {
	connectMs: number
	headersMs: number
	/** Between two pieces of the body. */
	idleMs: number
	/** From the first connection to the last byte, redirects included. */
	totalMs: number
}

export const fetchTimes: FetchTimes = {
	connectMs: 10_000,
	headersMs: 15_000,
	idleMs: 15_000,
	totalMs: 120_000,
}
