import type { Bubble, ChatView } from '../../src/sandbox/view/bubble.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu } from '../parts/menu.tsx'
import { does } from './acts.ts'

const EMOJIS = {
	'👍': 'Thumbs up',
	'❤️': 'Heart',
	'😂': 'Laughing',
	'😮': 'Astonished',
	'😢': 'Sad',
	'🙏': 'Thanks',
}

type ActionsProps = {
	bubble: Bubble
	chat: ChatView
	isLive: boolean
	onReply(): void
	onEdit(): void
	onForward(): void
	onJson(): void
}

/** What can be done with a message. */
export function Actions({
	bubble,
	chat,
	isLive,
	onReply,
	onEdit,
	onForward,
	onJson,
}: ActionsProps) {
	const { id, mine, content, pinned, kept, reactions } = bubble
	const isThere = content.kind !== 'deleted' && content.kind !== 'unreadable'
	const own = reactions.find((reaction) => reaction.mine)?.emoji
	const isPost = chat.kind === 'channel' && bubble.post !== undefined
	const mayAdd = isThere && chat.kind !== 'status' && chat.kind !== 'channel'
	return (
		<Menu label={`More: ${summary(bubble)}`} face={<Icon name="more" size={20} />} class="actions">
			{(mayAdd || (isThere && isPost)) && (
				<div class="emojis" role="group" aria-label="React">
					{Object.entries(EMOJIS).map(([emoji, name]) => (
						<button
							key={emoji}
							type="button"
							aria-label={name}
							aria-pressed={own === emoji}
							disabled={!isLive}
							onClick={() => reacts(bubble, own === emoji ? '' : emoji)}
						>
							{emoji}
						</button>
					))}
				</div>
			)}
			{isThere && chat.may_write && <Item onClick={onReply}>Reply</Item>}
			{isThere && <Item onClick={onForward}>Forward</Item>}
			{mine && content.kind === 'text' && <Item onClick={onEdit}>Edit</Item>}
			{isThere && (mine || chat.kind === 'group') && (
				<Item onClick={() => does('delete', { id })}>Delete for everyone</Item>
			)}
			{mayAdd && (
				<Item onClick={() => does('pin', { id, ...(pinned && { seconds: 0 }) })}>
					{pinned ? 'Unpin' : 'Pin'}
				</Item>
			)}
			{mayAdd && (
				<Item onClick={() => does('keep', { id, kept: !kept })}>
					{kept ? 'Keep no longer' : 'Keep'}
				</Item>
			)}
			<Item onClick={onJson}>Show as JSON</Item>
		</Menu>
	)
}

/** Followers react to a post by its number. */
const reacts = ({ id, chat, post }: Bubble, emoji: string) =>
	post === undefined
		? does('react', { id, emoji })
		: does('channel', { channel: chat, react: { server_id: post, emoji } })

function Item({ onClick, children }: { onClick: () => unknown; children: string }) {
	return (
		<Button kind="plain" onClick={() => void onClick()}>
			{children}
		</Button>
	)
}

/** So that the button of each message has a name of its own. */
const summary = ({ content }: Bubble) =>
	'text' in content && content.text ? content.text.slice(0, 40) : content.kind.replaceAll('_', ' ')
