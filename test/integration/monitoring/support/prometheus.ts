import assert from 'node:assert/strict'

const LABELS = /^(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,(?=[a-z])|$))*$/
const UNITS = /_(total|seconds|bytes|info|ratio)$/

/** Reads Prometheus' text format as strictly as a scraper, and checks the conventions for names. */
export function parseMetrics(text: string) {
	const values = new Map<string, number>()
	const types = new Map<string, string>()
	assert.ok(text.endsWith('\n'))
	for (const line of text.trimEnd().split('\n')) {
		if (line.startsWith('# HELP ')) continue
		const [, , named, type] = /^(# TYPE) ((?:\w+)) (counter|gauge|histogram)$/.exec(line) ?? []
		if (named) {
			assert.ok(!types.has(named), `${named} comes twice`)
			types.set(named, type!)
			continue
		}
		const [, name, labels = '', value] =
			/^([a-z_0-9]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? assert.fail(`not a sample: ${line}`)
		const family = [...types.keys()].at(-1)!
		const suffix = name!.slice(family.length)
		const isPart = types.get(family) === 'histogram' && /^_(bucket|sum|count)$/.test(suffix)
		assert.ok(name!.startsWith(family) && (suffix === '' || isPart), `${name} is in ${family}`)
		assert.match(labels, LABELS, line)
		const key = keyOf(name!, labels)
		assert.ok(!values.has(key), `${key} comes twice`)
		assert.ok(Number.isFinite(Number(value)), line)
		values.set(key, Number(value))
	}
	for (const [name, type] of types) {
		assert.equal(type === 'counter', name.endsWith('_total'), name)
		if (type === 'histogram') assertHistogram(name, values)
		if (/seconds|bytes|size/.test(name)) assert.match(name, UNITS)
	}
	return {
		text,
		names: [...types.keys()],
		/** Every series, as `name{label="value"}`. */
		series: [...values.keys()],
		value(name: string, labels: Record<string, string> = {}) {
			const written = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
			const key = keyOf(name, written.join(','))
			return values.get(key) ?? assert.fail(`no ${key} in\n${text}`)
		},
	}
}

const keyOf = (name: string, labels: string) => (labels ? `${name}{${labels}}` : name)

/** The buckets of a histogram grow, and the last one has everything. */
function assertHistogram(name: string, values: Map<string, number>) {
	const buckets = [...values].filter(([key]) => key.startsWith(`${name}_bucket`))
	const counts = buckets.map(([, count]) => count)
	assert.deepEqual(
		counts,
		counts.toSorted((a, b) => a - b),
	)
	assert.equal(buckets.at(-1)![0], `${name}_bucket{le="+Inf"}`)
	assert.equal(counts.at(-1), values.get(`${name}_count`))
	assert.ok(values.has(`${name}_sum`))
}
