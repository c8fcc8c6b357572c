import { Button } from '../parts/button.tsx'
import { Ticks } from '../parts/ticks.tsx'
import { Clock } from './clock.tsx'
import { writes } from './acts.ts'
import { RichText } from './rich-text.tsx'
import type { Pending } from './state.ts'
import { store } from './store.ts'

/** What was written here and has not come back as a message yet. */
export function PendingBubble({
	pending: { id, chat, text, at, isFile, why },
}: {
	pending: Pending
}) {
	const forget = () => store.tell({ type: 'forgets', id })
	return (
		<article class="bubble mine">
			{isFile ? <p>{text}</p> : <RichText text={text} />}
			{why && (
				<div class="row">
					<p class="bad">{why}</p>
					{!isFile && (
						<Button
							onClick={() => {
								forget()
								void writes(chat, text)
							}}
						>
							Try again
						</Button>
					)}
					<Button onClick={forget}>Remove</Button>
				</div>
			)}
			<footer>
				<Clock at={at} />
				<Ticks tick={why ? 'refused' : 'waiting'} />
			</footer>
		</article>
	)
}
