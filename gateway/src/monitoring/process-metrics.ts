import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks'
import { gauge, total, type Metric } from '../lib/metrics.ts'
import { SECOND_MS } from '../lib/units.ts'

/** How often the delay is measured, in milliseconds. */
const RESOLUTION_MS = 20
const NANOSECONDS = 1e9
const MICROSECONDS = 1e6

/** The metrics of the process and of its event loop, by the names that every Prometheus client uses. */
export function createProcessMetrics() {
	// A timer that fires fifty times a second: it begins when somebody asks for the first time.
	let delay: IntervalHistogram | undefined

	/** The delays since the last question. Node measures the time between two firings of its timer. */
	function eventLoopMetrics(): Metric[] {
		if (!delay) {
			delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
			delay.enable()
			return []
		}
		const { count, mean, max } = delay
		const values = { mean, p50: delay.percentile(50), p99: delay.percentile(99), max }
		// Without a measurement yet. A reset would begin anew, so that quick questions would never get one.
		if (count === 0) return []
		delay.reset()
		return Object.entries(values).map(([name, nanoseconds]) =>
			gauge(
				`nodejs_eventloop_lag_${name}_seconds`,
				`Event loop delay since the last scrape: ${name}`,
				Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS / SECOND_MS),
			),
		)
	}

	return {
		read(): Metric[] {
			const { user, system } = process.cpuUsage()
			const { rss, heapUsed, external } = process.memoryUsage()
			const startedAt = performance.timeOrigin / SECOND_MS
			return [
				total('process_cpu_seconds_total', 'CPU time spent', (user + system) / MICROSECONDS),
				gauge('process_start_time_seconds', 'Start of the process, Unix time', startedAt),
				gauge('process_resident_memory_bytes', 'Resident memory', rss),
				gauge('nodejs_heap_size_used_bytes', 'Used part of the JavaScript heap', heapUsed),
				gauge('nodejs_external_memory_bytes', 'Memory of buffers outside the heap', external),
				...eventLoopMetrics(),
			]
		},
		stop() {
			delay?.disable()
		},
	}
}
