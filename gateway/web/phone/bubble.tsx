import { useState } from 'preact/hooks'
import type { Bubble, ChatView } from '../../src/sandbox/view/bubble.ts'
import { Ticks } from '../parts/ticks.tsx'
import { Clock } from './clock.tsx'
import { Actions } from './actions.tsx'
import { BubbleContent } from './content.tsx'
import { anchorOf } from './conversation.tsx'
import { Forward } from './forward.tsx'
import { Json } from './json.tsx'
import { plainText } from './rich.ts'
import { bubblesIn, type PhoneState } from './state.ts'

type BubbleProps = {
	bubble: Bubble
	chat: ChatView
	state: PhoneState
	onReply(): void
	onEdit(): void
}

/** One message. */
export function BubbleView({ bubble, chat, state, onReply, onEdit }: BubbleProps) {
	const [open, setOpen] = useState<'json' | 'forward'>()
	const close = () => setOpen(undefined)
	const { content, mine, author } = bubble
	if (content.kind === 'system')
		return (
			<p class="system" id={anchorOf(bubble)}>
				{content.text}
			</p>
		)
	return (
		<article
			class={`bubble ${mine ? 'mine' : 'theirs'} ${content.kind}`}
			id={anchorOf(bubble)}
			aria-label={mine ? 'You' : author.name}
		>
			{!mine && chat.kind !== 'person' && <p class="author">{author.name}</p>}
			{bubble.forwarded && <p class="note">Forwarded</p>}
			{bubble.quote && <Quote bubble={bubble} state={state} />}
			<BubbleContent bubble={bubble} onJson={() => setOpen('json')} />
			{bubble.refusal !== undefined && (
				<p class="bad">Not sent: WhatsApp refused it with code {bubble.refusal}.</p>
			)}
			<footer>
				<Actions
					bubble={bubble}
					chat={chat}
					isLive={state.isLive}
					onReply={onReply}
					onEdit={onEdit}
					onForward={() => setOpen('forward')}
					onJson={() => setOpen('json')}
				/>
				<span class="marks">
					{bubble.pinned && 'pinned '}
					{bubble.kept && 'kept '}
					{bubble.disappears && 'disappears '}
					{bubble.edited && 'edited '}
				</span>
				<Clock at={bubble.at} />
				{bubble.tick && <Ticks tick={bubble.tick} />}
			</footer>
			{bubble.reactions.length > 0 && (
				<ul class="reactions" aria-label="Reactions">
					{bubble.reactions.map(({ emoji, by }) => (
						<li key={emoji} title={by.join(', ')}>
							{emoji}
							<span class="hidden"> by {by.join(', ')}</span>
							{by.length > 1 && by.length}
						</li>
					))}
				</ul>
			)}
			{open === 'json' && <Json id={bubble.id} close={close} />}
			{open === 'forward' && <Forward id={bubble.id} state={state} close={close} />}
		</article>
	)
}

/** The message that this one answers; a click goes there. */
function Quote({ bubble: { quote, chat }, state }: { bubble: Bubble; state: PhoneState }) {
	const { id, author, text } = quote!
	const answered = bubblesIn(state, chat).find((bubble) => bubble.id === id)
	const said = (
		<>
			<strong>{author}</strong>
			<span dir="auto">{plainText(text)}</span>
		</>
	)
	return answered ? (
		<a class="quote" href={`#${anchorOf(answered)}`}>
			{said}
		</a>
	) : (
		<div class="quote">{said}</div>
	)
}
