// Preloaded into a gateway (`node --import`): its wall clock goes wrong by CLOCK_OFFSET milliseconds.
const offset = Number(process.env.CLOCK_OFFSET)
const RealDate = Date

globalThis.Date = class extends RealDate {
	constructor(...args: unknown[]) {
		super(...((args.length ? args : [RealDate.now() + offset]) as [number]))
	}
	static override now = () => RealDate.now() + offset
} as DateConstructor
