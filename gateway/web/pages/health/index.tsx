import type { GatewayInfo } from '../../../src/monitoring/gateway-info.ts'
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import { Button } from '../../parts/button.tsx'
import { H1 } from '../../parts/h1.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Time } from '../../parts/time.tsx'
import { useAction } from '../../parts/use-action.ts'
import { CheckList } from './check-list.tsx'
import type { CheckReport } from './report.ts'

/** The checks connect to every webhook: not more often than an operator would look. */
const REFRESH_MS = 60_000

/** Whether everything works; where it does not, what to do. */
export function Health() {
	const { report, facts, check } = useHealth()
	return (
		<div class="stack">
			<div class="head">
				<H1>Health</H1>
				<Button sends disabled={check.isBusy} onClick={() => void check.run()}>
					{check.isBusy ? 'Checking …' : 'Check again'}
				</Button>
			</div>
			{check.problem && <Notice kind="bad">{check.problem.message}</Notice>}
			{!report && !check.problem && <Loading />}
			{report && (
				<>
					<p class="quiet">
						Checked at <Time at={report.checked_at} />
					</p>
					<CheckList checks={report.checks} />
				</>
			)}
			{facts && (
				<>
					<p class="quiet">
						Version {facts.version}, since {new Date(facts.started_at).toLocaleString()} ·{' '}
						<a href="/docs">API reference</a>
					</p>
					<h2>Settings that were changed</h2>
					<pre tabIndex={0}>{JSON.stringify(facts.settings, null, 2)}</pre>
				</>
			)}
		</div>
	)
}

function useHealth() {
	const [report, setReport] = useState<CheckReport>()
	const [facts, setFacts] = useState<GatewayInfo>()
	const check = useAction(async () => {
		await Promise.all([
			ask<CheckReport>('GET', '/gateway/checks').then(setReport),
			ask<GatewayInfo>('GET', '/gateway').then(setFacts),
		])
	})
	useEffect(() => {
		void check.run()
		const timer = setInterval(() => void check.run(), REFRESH_MS)
		return () => clearInterval(timer)
	}, [])
	return { report, facts, check }
}
