import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Bubble, ChatView } from '../../src/sandbox/view/bubble.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Notice } from '../parts/notice.tsx'
import { useAction } from '../parts/use-action.ts'
import { does } from './acts.ts'
import { BubbleView } from './bubble.tsx'
import { typingText } from './chat-list.tsx'
import { Composer, type Draft } from './composer.tsx'
import { PendingBubble } from './pending.tsx'
import { linkToChat } from './place.ts'
import { plainText } from './rich.ts'
import { bubblesIn, chatWith, type PhoneState } from './state.ts'
import { askForOlder, store } from './store.ts'

/** A chat: what was said, and where to say something. */
export function Conversation({ state, id }: { state: PhoneState; id: string }) {
	const [draft, setDraft] = useState<Draft>()
	const chat = chatWith(state, id)
	const bubbles = bubblesIn(state, id)
	const pending = state.pending.filter((each) => each.chat === id)
	useReading(chat, state.isLive)
	if (!chat) return <p class="choose quiet">There is no such chat on this phone.</p>
	const pinned = bubbles.findLast((bubble) => bubble.pinned)
	return (
		<section class="conversation" aria-labelledby="chat-name">
			<Head state={state} chat={chat} />
			{state.problem && (
				<Notice kind="bad">
					{state.problem}
					<Button onClick={() => store.tell({ type: 'problem', problem: undefined })}>OK</Button>
				</Notice>
			)}
			{pinned && (
				<a class="pinned" href={`#${anchorOf(pinned)}`}>
					<Icon name="pin" size={16} /> Pinned: {pinnedText(pinned)}
				</a>
			)}
			<Log newest={bubbles.at(-1)?.seq ?? 0} waiting={pending.length} isLive={state.isLive}>
				{state.more.includes(id) && <Older chat={id} before={bubbles[0]?.seq ?? 1} />}
				{!bubbles.length && !pending.length && <p class="system">Nothing was written here yet.</p>}
				{bubbles.map((bubble) => (
					<BubbleView
						key={bubble.seq}
						bubble={bubble}
						chat={chat}
						state={state}
						onReply={() => setDraft({ does: 'reply', bubble })}
						onEdit={() => setDraft({ does: 'edit', bubble })}
					/>
				))}
				{pending.map((each) => (
					<PendingBubble key={each.id} pending={each} />
				))}
			</Log>
			<Composer state={state} chat={chat} draft={draft} onDone={() => setDraft(undefined)} />
		</section>
	)
}

/** The element of a bubble. */
export const anchorOf = ({ seq }: Bubble) => `bubble-${seq}`

const pinnedText = ({ content }: Bubble) =>
	('text' in content && content.text && plainText(content.text)) || 'a message'

function Head({ state, chat }: { state: PhoneState; chat: ChatView }) {
	const { person = '', people } = state
	const name = useRef<HTMLHeadingElement>(null)
	useEffect(() => name.current?.focus({ preventScroll: true }), [])
	return (
		<header class="bar">
			<a class="back button plain icon" {...linkToChat(person)} aria-label="Back to the chats">
				<Icon name="back" />
			</a>
			<Avatar name={chat.name} picture={chat.avatar} />
			<div class="about">
				<h2 id="chat-name" ref={name} tabIndex={-1}>
					{chat.name}
				</h2>
				<p class="quiet" role="status">
					{underName(chat)}
				</p>
			</div>
			<h1 class="whose quiet">Simulated phone of {people[person]?.name}</h1>
		</header>
	)
}

function underName(chat: ChatView): string {
	if (chat.typing) return typingText(chat)
	if (chat.kind === 'group') return chat.members.join(', ')
	if (chat.kind !== 'person') return ''
	return chat.linked ? 'linked to a gateway' : chat.online ? 'online' : ''
}

/** Opening a chat reads it, as long as somebody looks. */
function useReading(chat: ChatView | undefined, isLive: boolean): void {
	const unread = chat?.unread ?? 0
	useEffect(() => {
		const read = () => {
			if (unread && isLive && !document.hidden)
				void does(`chats/${encodeURIComponent(chat!.id)}/read`)
		}
		read()
		document.addEventListener('visibilitychange', read)
		return () => document.removeEventListener('visibilitychange', read)
	}, [chat?.id, unread, isLive])
}

function Older({ chat, before }: { chat: string; before: number }) {
	const get = useAction(() => askForOlder(chat, before))
	return (
		<div class="older">
			<Button disabled={get.isBusy} onClick={() => get.run()}>
				{get.isBusy ? 'Loading…' : 'Older messages'}
			</Button>
			{get.problem && <Notice kind="bad">{get.problem.message}</Notice>}
		</div>
	)
}

/** So near the end a person reads the newest, and wants to go on doing it. */
const NEAR_PX = 80

type LogProps = {
	newest: number
	waiting: number
	isLive: boolean
	children: ComponentChildren
}

/** What was said. It stays at its end when something comes, unless a person has scrolled up. */
function Log({ newest, waiting, isLive, children }: LogProps) {
	const ref = useRef<HTMLDivElement>(null)
	const isAtEnd = useRef(true)
	const lastTop = useRef(0)
	useLayoutEffect(() => {
		const log = ref.current!
		if (isAtEnd.current || waiting) log.scrollTop = log.scrollHeight
	}, [newest, waiting])
	useEffect(() => {
		const log = ref.current!
		// Pictures grow when they have come.
		const watcher = new ResizeObserver(() => {
			if (isAtEnd.current) log.scrollTop = log.scrollHeight
		})
		watcher.observe(log.firstElementChild!)
		return () => watcher.disconnect()
	}, [])
	return (
		<div
			class="log"
			role="log"
			aria-label="Messages"
			tabIndex={0}
			ref={ref}
			onScroll={({ currentTarget: log }) => {
				// Only a person scrolls up. A picture that came since the last frame moves the end, not the reader.
				if (log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX) isAtEnd.current = true
				else if (log.scrollTop < lastTop.current) isAtEnd.current = false
				lastTop.current = log.scrollTop
			}}
		>
			{/* What sends is off while nothing comes back. */}
			<fieldset class="bubbles" disabled={!isLive}>
				{children}
			</fieldset>
		</div>
	)
}
