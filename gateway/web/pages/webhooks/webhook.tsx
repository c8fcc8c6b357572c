import { useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import type { WebhookView } from '../../data/console-state.ts'
import { goTo } from '../../data/location.ts'
import { Button } from '../../parts/button.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { H1 } from '../../parts/h1.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Secret } from '../../parts/secret.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { useAction } from '../../parts/use-action.ts'
import type { PageProps } from '../index.ts'
import { NotFound } from '../not-found.tsx'
import { Deliveries } from './deliveries.tsx'
import { WebhookForm } from './webhook-form.tsx'
import { hintFor, lastWord, placeOf } from './words.ts'

type Tested = { taken: boolean; status: number | null; why: string | null }

/** One webhook: what waits, what was given up, and what can be done. */
export function WebhookPage({ state, params: [session, id] }: PageProps) {
	const webhook = state.webhooks.find((candidate) => candidate.id === id)
	if (!webhook) return <NotFound />
	return <Details webhook={webhook} path={`/sessions/${session}/webhooks/${id}`} />
}

function Details({ webhook, path }: { webhook: WebhookView; path: string }) {
	const [state, setState] = useState<'pending' | 'dead'>('pending')
	const [asked, setAsked] = useState<'change' | 'delete'>()
	const [secret, setSecret] = useState<string>()
	const [tested, setTested] = useState<Tested>()
	const test = useAction(async () => setTested(await ask<Tested>('POST', `${path}/test`)))
	const rotate = useAction(async () =>
		setSecret((await ask<{ secret: string }>('POST', `${path}/rotate`)).secret),
	)
	const toggle = useAction(() => ask('PATCH', path, { disabled: !webhook.disabled_at }))
	async function remove() {
		await ask('DELETE', path)
		goTo('/webhooks')
	}
	const { pending = 0, dead = 0 } = webhook.delivery ?? {}
	const problem = test.problem ?? rotate.problem ?? toggle.problem
	const hint = hintFor(webhook)
	return (
		<div class="stack">
			<H1>{placeOf(webhook.url)}</H1>
			<p class="quiet">
				{webhook.events.join(', ')} · Last: {lastWord(webhook)} · in 24 hours{' '}
				{webhook.last_24_hours.delivered} delivered, {webhook.last_24_hours.failed} failed
			</p>
			{hint && <Notice kind="warn">{hint}</Notice>}
			<div class="row">
				<Button sends disabled={test.isBusy} onClick={test.run}>
					Try it
				</Button>
				<Button onClick={() => setAsked('change')}>Change</Button>
				<Button sends disabled={rotate.isBusy} onClick={rotate.run}>
					New secret
				</Button>
				<Button sends disabled={toggle.isBusy} onClick={toggle.run}>
					{webhook.disabled_at ? 'Turn on' : 'Turn off'}
				</Button>
				<Button kind="danger" onClick={() => setAsked('delete')}>
					Delete
				</Button>
			</div>
			{problem && <Notice kind="bad">{problem.message}</Notice>}
			{secret && <Secret what="New secret" text={secret} />}
			{tested && <Notice {...(!tested.taken && { kind: 'warn' })}>{testedWords(tested)}</Notice>}
			<Tabs
				label="Deliveries"
				tabs={{ pending: `Waiting ${pending}`, dead: `Given up ${dead}` }}
				chosen={state}
				onChoose={(chosen) => setState(chosen)}
			/>
			<Deliveries
				key={state}
				path={path}
				session={webhook.session}
				state={state}
				version={`${pending} ${dead} ${webhook.last_attempt?.at}`}
			/>
			{asked === 'change' && (
				<WebhookForm webhook={webhook} path={path} close={() => setAsked(undefined)} />
			)}
			{asked === 'delete' && (
				<Confirm
					title="Delete this webhook?"
					keep="Keep it"
					go="Delete"
					act={remove}
					close={() => setAsked(undefined)}
				>
					<p>What waits for it ({pending + dead}) is gone for good.</p>
				</Confirm>
			)}
		</div>
	)
}

function testedWords({ taken, status, why }: Tested): string {
	if (taken) return `It answered ${status}.`
	return status === null ? `No answer: ${why}` : `It answered ${status}: ${why}`
}
