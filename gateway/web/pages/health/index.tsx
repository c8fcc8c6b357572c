import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import { H1 } from '../../parts/h1.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Pill } from '../../parts/pill.tsx'
import { useAction } from '../../parts/use-action.ts'
import type { PageProps } from '../index.ts'
import { checksOf, type GatewayFacts } from './checks.ts'

const REFRESH_MS = 10_000

/** Whether everything works; where it does not, what to do. */
export function Health({ state }: PageProps) {
	const { facts, problem } = useFacts()
	return (
		<div class="stack">
			<H1>Health</H1>
			{problem && <Notice kind="bad">{problem.message}</Notice>}
			{!facts && !problem && <Loading />}
			{facts && (
				<>
					<ul class="stack">
						{checksOf(facts, state).map(({ name, trouble }) => (
							<li key={name} class="card head">
								<h2>{name}</h2>
								{trouble ? <Pill mood="bad">Look at this</Pill> : <Pill mood="good">Fine</Pill>}
								{trouble && <p>{trouble}</p>}
							</li>
						))}
					</ul>
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

function useFacts() {
	const [facts, setFacts] = useState<GatewayFacts>()
	const load = useAction(async () => setFacts(await ask<GatewayFacts>('GET', '/gateway')))
	useEffect(() => {
		void load.run()
		const timer = setInterval(() => void load.run(), REFRESH_MS)
		return () => clearInterval(timer)
	}, [])
	return { facts, problem: load.problem }
}
