export type Percentiles = { p50: number; p95: number; p99: number }

export function percentilesOf(values: number[]): Percentiles {
	const sorted = [...values].sort((a, b) => a - b)
	const at = (share: number) =>
		sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
	return { p50: at(0.5) ?? NaN, p95: at(0.95) ?? NaN, p99: at(0.99) ?? NaN }
}
