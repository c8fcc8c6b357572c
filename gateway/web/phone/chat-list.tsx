import type { ChatView } from '../../src/sandbox/view/bubble.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Empty } from '../parts/empty.tsx'
import { Ticks } from '../parts/ticks.tsx'
import { Clock } from './clock.tsx'
import { linkToChat } from './place.ts'
import { plainText } from './rich.ts'
import { chatList, type PhoneState } from './state.ts'

/** The chats of a phone, the newest first. */
export function ChatList({ state, open }: { state: PhoneState; open: string | undefined }) {
	const chats = chatList(state)
	const { person = '', people } = state
	if (!chats.length) {
		const shop = Object.values(people).find(
			({ phone, linked_devices: linked }) => linked && phone !== person,
		)
		return (
			<Empty>
				<p>
					No chats yet. {shop ? `Write to ${shop.name}, or let` : 'Let'} a workflow send something
					to +{person}.
				</p>
				{shop && (
					<a {...linkToChat(person, `${shop.phone}@s.whatsapp.net`)}>Write to {shop.name}</a>
				)}
			</Empty>
		)
	}
	return (
		<nav class="chats" aria-label="Chats">
			<ul>
				{chats.map((chat) => (
					<li key={chat.id}>
						<ChatRow chat={chat} person={person} isOpen={chat.id === open} />
					</li>
				))}
			</ul>
		</nav>
	)
}

function ChatRow({ chat, person, isOpen }: { chat: ChatView; person: string; isOpen: boolean }) {
	const { last, typing, unread } = chat
	return (
		<a class="chat" {...linkToChat(person, chat.id)} aria-current={isOpen ? 'page' : undefined}>
			<Avatar name={chat.name} picture={chat.avatar} />
			<span class="about">
				<span class="line">
					<strong>{chat.name}</strong>
					{last && <Clock at={last.at} />}
				</span>
				<span class="line">
					<span class="last">
						{last?.tick && !typing && <Ticks tick={last.tick} />}
						{typing ? <em>{typingText(chat)}</em> : last ? plainText(last.text) : 'No messages yet'}
					</span>
					{unread > 0 && (
						<span class="count">
							{unread}
							<span class="hidden"> unread</span>
						</span>
					)}
				</span>
			</span>
		</a>
	)
}

/** What others do in a chat now. */
export function typingText({ typing, kind }: ChatView): string {
	if (!typing) return ''
	const act = typing.state === 'recording' ? 'recording…' : 'typing…'
	return kind === 'person' ? act : `${typing.name} is ${act}`
}
