/** Metrics in the text format of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */

export type Sample = {
	/** After the name of the metric: `_bucket`, `_sum`, `_count`. */
	suffix?: string
	labels?: Record<string, string>
	value: number
}

/** A metric whose values are read when somebody asks. */
export type Metric = {
	name: string
	help: string
	type: 'counter' | 'gauge' | 'histogram'
	samples(): Sample[]
}

/** A value that is known when it is asked for. */
export function gauge(name: string, help: string, values: number | Sample[]): Metric {
	const samples = typeof values === 'number' ? [{ value: values }] : values
	return { name, help, type: 'gauge', samples: () => samples }
}

/** A total that somebody else counts. */
export function total(name: string, help: string, value: number): Metric {
	return { ...gauge(name, help, value), type: 'counter' }
}

/**
 * Counts what happens. Each series is asked for once and then costs an addition.
 * @example
 * const attempts = createCounter('attempts_total', 'Attempts by outcome', ['outcome'])
 * const failed = attempts.series('failed')
 * failed()
 */
export function createCounter<Label extends string>(name: string, help: string, labels: Label[]) {
	const all: { values: string[]; count: number }[] = []
	return {
		name,
		help,
		type: 'counter' as const,
		samples: () =>
			all.map(({ values, count }) => ({
				labels: Object.fromEntries(labels.map((label, at) => [label, values[at]!])),
				value: count,
			})),
		/** @returns a function that counts one more of these values */
		series(...values: string[]): () => void {
			const own = { values, count: 0 }
			all.push(own)
			return () => void own.count++
		},
	}
}

/** Counts durations. @param bounds the upper bounds of its buckets in seconds, ascending */
export function createHistogram(name: string, help: string, bounds: readonly number[]) {
	// The last one has what is above every bound.
	const counts = new Array<number>(bounds.length + 1).fill(0)
	let sum = 0
	return {
		name,
		help,
		type: 'histogram' as const,
		samples() {
			let count = 0
			const buckets = [...bounds, Infinity].map((bound, at) => ({
				suffix: '_bucket',
				labels: { le: numberText(bound) },
				value: (count += counts[at]!),
			}))
			return [...buckets, { suffix: '_sum', value: sum }, { suffix: '_count', value: count }]
		},
		observe(seconds: number): void {
			let at = 0
			while (at < bounds.length && seconds > bounds[at]!) at++
			counts[at]!++
			sum += seconds
		},
	}
}

/** The text of metrics. */
export function metricsText(metrics: readonly Metric[]): string {
	return metrics.map(textOf).join('')
}

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

function textOf({ name, help, type, samples }: Metric): string {
	const lines = samples().map(
		({ suffix = '', labels = {}, value }) =>
			`${name}${suffix}${labelText(labels)} ${numberText(value)}`,
	)
	return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function labelText(labels: Record<string, string>): string {
	const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`)
	return pairs.length ? `{${pairs.join(',')}}` : ''
}

const escaped = (value: string) =>
	value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const numberText = (value: number) => (value === Infinity ? '+Inf' : String(value))
