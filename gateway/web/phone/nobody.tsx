import { useState } from 'preact/hooks'
import { ask } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Notice } from '../parts/notice.tsx'
import { useAction } from '../parts/use-action.ts'
import { NewPerson } from './new-person.tsx'
import { askForPeople } from './store.ts'

/** Before there is anybody. */
export function Nobody() {
	const [isAdding, setAdding] = useState(false)
	const scene = useAction(async () => {
		await ask('POST', '/sandbox/scenes/shop', {})
		await askForPeople()
	})
	return (
		<main>
			<Empty>
				<h1>Simulated phone</h1>
				<p>Nobody is here yet. Each person here has a phone, and can write to your numbers.</p>
				<div class="row">
					<Button kind="main" disabled={scene.isBusy} onClick={() => scene.run()}>
						Set up a shop with Anna and Ben
					</Button>
					<Button onClick={() => setAdding(true)}>New person</Button>
				</div>
				{scene.problem && <Notice kind="bad">{scene.problem.message}</Notice>}
			</Empty>
			{isAdding && <NewPerson close={() => setAdding(false)} />}
		</main>
	)
}
