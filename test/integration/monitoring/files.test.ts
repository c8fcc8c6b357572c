import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { parse } from 'yaml'
import { openGateway } from '../../support/gateway/gateway.ts'
import { ROOT } from '../../support/paths.ts'
import { until } from '../../support/wait.ts'
import { CLUSTER_METRICS } from './support/cluster-metrics.ts'
import { parseMetrics } from './support/prometheus.ts'
import { selectorsOf, type Selector } from './support/promql.ts'

type Rule = {
	alert: string
	expr: string
	for?: string
	labels: { severity: string }
	annotations: { summary: string }
}
type Panel = {
	id: number
	type: string
	title: string
	gridPos: { x: number; y: number; w: number; h: number }
	datasource?: { uid: string }
	targets?: { expr: string; refId: string }[]
}

const textOf = (file: string) => readFileSync(join(ROOT, 'docs', file), 'utf8')
const page = textOf('monitoring.md')
const { groups } = parse(textOf('monitoring/alerts.yml')) as { groups: { rules: Rule[] }[] }
const rules = groups.flatMap((group) => group.rules)
const dashboard = JSON.parse(textOf('monitoring/grafana-dashboard.json')) as {
	panels: Panel[]
	annotations: { list: { expr: string }[] }
	templating: { list: { name: string; query: string | { query: string } }[] }
}
const shown = dashboard.panels.filter(({ type }) => type !== 'row')

/** What postgres_exporter has: it was compared with version 0.11.1 and PostgreSQL 15. */
const OF_POSTGRES = [
	'pg_up',
	'pg_stat_activity_max_tx_duration',
	'pg_stat_activity_count',
	'pg_settings_max_connections',
	'pg_database_size_bytes',
]
/** Labels that Prometheus, a histogram or postgres_exporter add. */
const ADDED = ['job', 'instance', 'le', 'datname', 'state']

/** An expression with values instead of Grafana's variables. */
const withValues = (expr: string) => expr.replaceAll('$__rate_interval', '5m')

const expressions = [
	...rules.map(({ alert, expr }) => ({ where: alert, expr })),
	...shown.flatMap(({ title, targets = [] }) =>
		targets.map(({ expr }) => ({ where: title, expr: withValues(expr) })),
	),
	...dashboard.annotations.list.map(({ expr }) => ({ where: 'annotation', expr })),
]

/** The metrics of a gateway, once it has measured its event loop. */
async function metricsOf(t: TestContext) {
	const { request } = await openGateway(t)
	return until('the event loop is measured', async () => {
		const metrics = parseMetrics((await request('GET', '/metrics')).text)
		return metrics.names.some((name) => name.startsWith('nodejs_eventloop')) && metrics
	})
}

test('every metric, label and value in the dashboard and the alerts is one that a gateway has', async (t) => {
	const { series } = await metricsOf(t)
	const seriesOf = (metric: string) =>
		series.filter((each) => each === metric || each.startsWith(`${metric}{`))
	const wrongOf = ({ metric, matchers }: Selector): string[] => {
		if (metric === 'up' || [...OF_POSTGRES, ...CLUSTER_METRICS].includes(metric)) return []
		const all = seriesOf(metric)
		if (all.length === 0) return [metric]
		return matchers
			.filter(({ label }) => !ADDED.includes(label))
			.flatMap(({ label, values }) => values.map((value) => `${label}="${value}"`))
			.filter((pair) => !all.some((each) => each.includes(pair)))
			.map((pair) => `${metric} ${pair}`)
	}
	const labels = new Set(series.flatMap((each) => [...each.matchAll(/(\w+)="/g)].map(([, l]) => l)))
	const wrong = expressions.flatMap(({ where, expr }) => {
		const { selectors, grouping } = selectorsOf(expr)
		assert.ok(selectors.length > 0, expr)
		const unknown = grouping.filter((label) => !labels.has(label) && !ADDED.includes(label))
		return [...selectors.flatMap(wrongOf), ...unknown].map((what) => `${where}: ${what}`)
	})
	assert.ok(expressions.length > 50)
	assert.deepEqual(wrong, [])
})

test('the page about monitoring explains every metric and every alert, and no others', async (t) => {
	const { names } = await metricsOf(t)
	const own = [...names, ...CLUSTER_METRICS].filter((name) => name.startsWith('whatsapp_gateway_'))
	const explained = [...page.matchAll(/`(\w+?)(?:\{[\w,]+\})?`(?=[^\n]*\|)/g)].map(
		([, name]) => name,
	)
	const short = own.map((name) => name.replace('whatsapp_gateway_', ''))
	assert.deepEqual(
		short.filter((name) => !explained.includes(name)),
		[],
	)
	const told = [...page.matchAll(/^\| `(WhatsApp\w+)` /gm)].map(([, name]) => name)
	assert.deepEqual(
		told,
		rules.map(({ alert }) => alert),
	)
})

test('every alert has a name of its own, a severity, a sentence, and a duration that Prometheus reads', () => {
	assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length)
	for (const rule of rules) {
		assert.match(rule.labels.severity, /^(critical|warning|info)$/, rule.alert)
		assert.match(rule.for ?? '1m', /^\d+[mh]$/, rule.alert)
		assert.ok(rule.annotations.summary.length > 10, rule.alert)
		// What the sentence names must be left of the labels.
		const { grouping, selectors } = selectorsOf(rule.expr)
		const kept = grouping.length ? grouping : [...ADDED, ...labelsOf(selectors)]
		for (const [, label] of rule.annotations.summary.matchAll(/\$labels\.(\w+)/g))
			assert.ok(kept.includes(label!), `${rule.alert}: ${label}`)
	}
	const { tests } = parse(textOf('monitoring/alerts.test.yml')) as {
		tests: { alert_rule_test: { alertname: string }[] }[]
	}
	const tested = tests.flatMap((each) => each.alert_rule_test.map(({ alertname }) => alertname))
	assert.deepEqual(
		tested.filter((name) => !rules.some(({ alert }) => alert === name)),
		[],
	)
})

/** Labels of metrics that are alerted on as they are. */
const labelsOf = (selectors: Selector[]) =>
	selectors.flatMap(({ metric }) =>
		/unready|client_version/.test(metric) ? ['reason', 'version'] : [],
	)

test('the panels of the dashboard have ids of their own, a place, and a query', () => {
	const { panels } = dashboard
	assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length)
	const taken = new Set<string>()
	for (const { title, gridPos } of panels)
		for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
			for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
				assert.ok(x < 24 && !taken.has(`${x} ${y}`), `${title} is above another`)
				taken.add(`${x} ${y}`)
			}
	for (const { title, datasource, targets = [] } of shown) {
		assert.equal(datasource?.uid, '${datasource}', title)
		assert.ok(targets.length > 0, title)
		assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, title)
	}
	const variables = dashboard.templating.list.map(({ name }) => name)
	for (const [, name] of JSON.stringify(dashboard).matchAll(/\$\{?(\w+)\}?/g))
		assert.ok([...variables, '__rate_interval', '__all'].includes(name!), name)
})
