import type { Contender } from '../contenders/contender.ts'
import type { World } from '../world.ts'
import { percentilesOf, type Percentiles } from './percentiles.ts'
import { cpuMs } from './usage.ts'

/** One series of messages, seen from outside of the process that had the work. */
export type Measurement = Percentiles & {
	messages: number
	perSecond: number
	/** Processor time of the contender, per message. */
	cpuMs: number
	/** And of the simulated WhatsApp: where this is the bigger one, it sets the rate. */
	sandboxCpuMs: number
}

/** @param series does the work; gives the latency of each message, and how long all of it took */
export async function measure(
	world: World,
	contender: Contender,
	series: () => Promise<{ latencies: number[]; seconds: number }>,
): Promise<Measurement> {
	const before = { contender: cpuMs(contender.pid), sandbox: cpuMs(world.pid) }
	const { latencies, seconds } = await series()
	const messages = latencies.length
	return {
		messages,
		perSecond: messages / seconds,
		cpuMs: (cpuMs(contender.pid) - before.contender) / messages,
		sandboxCpuMs: (cpuMs(world.pid) - before.sandbox) / messages,
		...percentilesOf(latencies),
	}
}
