import { useEffect, useState } from 'preact/hooks'
import { ask } from '../data/api.ts'
import type { SessionView } from '../data/console-state.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Notice } from '../parts/notice.tsx'
import { useAction } from '../parts/use-action.ts'
import { NewPerson } from './new-person.tsx'
import { openChat } from './place.ts'
import { askForPeople } from './store.ts'

/** Before there is anybody. */
export function Nobody() {
	const [isAdding, setAdding] = useState(false)
	const [session, setSession] = useState<SessionView>()
	const look = useAction(async () => {
		const { sessions } = await ask<{ sessions: SessionView[] }>('GET', '/sessions')
		setSession(sessions.find(({ status }) => status !== 'open'))
	})
	useEffect(() => void look.run(), [])
	const scene = useAction(async () => {
		const said = session ? { session: session.id } : {}
		const { phones } = await ask<{ phones: string[] }>('POST', '/sandbox/scenes/shop', said)
		await askForPeople()
		// The first one is the shop; the others write to it.
		openChat(phones[1]!)
	})
	const problem = scene.problem ?? look.problem
	return (
		<main>
			<Empty>
				<h1>Simulated phone</h1>
				<p>Nobody is here yet. Each person here has a phone, and can write to your numbers.</p>
				{session && <p>The shop will be linked to your number “{session.name}”.</p>}
				<div class="row">
					<Button kind="main" disabled={scene.isBusy} onClick={() => scene.run()}>
						{scene.isBusy ? 'Setting it up…' : 'Set up a shop with Anna and Ben'}
					</Button>
					<Button onClick={() => setAdding(true)}>New person</Button>
				</div>
				{problem && <Notice kind="bad">{problem.message}</Notice>}
			</Empty>
			{isAdding && <NewPerson close={() => setAdding(false)} />}
		</main>
	)
}
