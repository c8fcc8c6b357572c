import { useEffect, useState } from 'preact/hooks'
import type { SessionView } from '../data/console-state.ts'
import { ask } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Loading } from '../parts/loading.tsx'
import { Notice } from '../parts/notice.tsx'
import { useAction } from '../parts/use-action.ts'
import type { PhoneState } from './state.ts'
import { phonePath } from './store.ts'

type Props = { state: PhoneState; close: () => void }

/** Scans the QR code of a session with this phone: workflows then write and answer as this person. */
export function LinkNumber({ state: { people, person = '' }, close }: Props) {
	const [sessions, setSessions] = useState<SessionView[]>()
	const get = useAction(async () => {
		const { sessions } = await ask<{ sessions: SessionView[] }>('GET', '/sessions')
		setSessions(sessions.filter(({ status }) => status !== 'open'))
	})
	const link = useAction(async (session: string) => {
		await ask('POST', `${phonePath()}/scan`, { session })
		close()
	})
	useEffect(() => void get.run(), [])
	const problem = get.problem ?? link.problem
	return (
		<Dialog title={`Link a number to ${people[person]?.name ?? person}`} onClose={close}>
			<p>
				The phone scans the QR code that the gateway shows. Workflows then write and answer as this
				person.
			</p>
			{problem && <Notice kind="bad">{problem.message}</Notice>}
			{!sessions && !problem && <Loading />}
			{sessions?.length === 0 && (
				<p>
					All numbers of the gateway are linked. <a href="/console/add">Add a number</a>
				</p>
			)}
			<ul class="choices">
				{sessions?.map(({ id, name }) => (
					<li key={id}>
						<button
							type="button"
							class="choice"
							disabled={link.isBusy}
							onClick={() => void link.run(id)}
						>
							<strong>{name}</strong> <span class="quiet">{id}</span>
						</button>
					</li>
				))}
			</ul>
			<Button autofocus onClick={close}>
				Cancel
			</Button>
		</Dialog>
	)
}
