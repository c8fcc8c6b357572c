import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import { signIn } from '../../data/console.ts'
import { Button } from '../../parts/button.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { H1 } from '../../parts/h1.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Secret } from '../../parts/secret.tsx'
import { Time } from '../../parts/time.tsx'
import { useAction } from '../../parts/use-action.ts'
import type { PageProps } from '../index.ts'
import { NewKey } from './new-key.tsx'

export type Key = {
	id: string
	name: string
	role: 'admin' | 'member'
	sessions: string[] | null
	workspace: string | null
	last_used: string | null
}

/** The API keys: programs and people sign in with them. */
export function Keys({ state: { me, sessions } }: PageProps) {
	const { keys, refresh, problem } = useKeys()
	const [secret, setSecret] = useState<string>()
	const [deleting, setDeleting] = useState<Key>()
	const rotate = useAction(async (key: Key) => {
		const { key: secret } = await ask<{ key: string }>('POST', `/keys/${key.id}/rotate`)
		setSecret(secret)
		// The old one has ended, and with it what this browser was signed in by.
		if (key.id === me.key) await signIn(secret)
		refresh()
	})
	async function remove(key: Key) {
		await ask('DELETE', `/keys/${key.id}`)
		refresh()
	}
	return (
		<div class="stack">
			<H1>Keys</H1>
			<NewKey
				sessions={sessions}
				made={(key) => {
					setSecret(key)
					refresh()
				}}
			/>
			{secret && <Secret what="New key" text={secret} />}
			{(problem ?? rotate.problem) && (
				<Notice kind="bad">{(problem ?? rotate.problem)!.message}</Notice>
			)}
			{!keys && !problem && <Loading />}
			{keys && (
				<table class="table">
					<thead>
						<tr>
							<th scope="col">Name</th>
							<th scope="col">Role</th>
							<th scope="col">Numbers</th>
							<th scope="col">Last used</th>
							<th scope="col">
								<span class="hidden">What to do</span>
							</th>
						</tr>
					</thead>
					<tbody>
						{keys.map((key) => (
							<tr key={key.id}>
								<td>{key.name}</td>
								<td data-name="Role">{key.role}</td>
								<td data-name="Numbers">{reachOf(key)}</td>
								<td data-name="Last used">
									{key.last_used ? <Time at={key.last_used} /> : 'never'}
								</td>
								<td class="row">
									<Button sends disabled={rotate.isBusy} onClick={() => void rotate.run(key)}>
										Rotate<span class="hidden"> {key.name}</span>
									</Button>
									<Button kind="danger" onClick={() => setDeleting(key)}>
										Delete<span class="hidden"> {key.name}</span>
									</Button>
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			{deleting && (
				<Confirm
					title={`Delete ${deleting.name}?`}
					keep="Keep it"
					go="Delete for good"
					act={() => remove(deleting)}
					close={() => setDeleting(undefined)}
				>
					<p>
						What uses this key no longer gets in.
						{deleting.id === me.key && ' It is your own: you are signed out.'}
					</p>
				</Confirm>
			)}
		</div>
	)
}

function reachOf({ role, sessions, workspace }: Key): string {
	if (role === 'admin') return 'all'
	return sessions?.join(', ') ?? (workspace ? `workspace ${workspace}` : 'all')
}

function useKeys() {
	const [keys, setKeys] = useState<Key[]>()
	const [asked, setAsked] = useState(0)
	const load = useAction(async () => setKeys((await ask<{ keys: Key[] }>('GET', '/keys')).keys))
	useEffect(() => void load.run(), [asked])
	return { keys, problem: load.problem, refresh: () => setAsked((times) => times + 1) }
}
