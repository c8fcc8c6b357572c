import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Bubble, ChatView } from '../../src/sandbox/view/bubble.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { does, writes } from './acts.ts'
import { Attach } from './attach.tsx'
import { Recorder } from './recorder.tsx'
import type { PhoneState } from './state.ts'
import { createTypingTeller } from './typing.ts'

/** The message that is answered, or changed. */
export type Draft = { does: 'reply' | 'edit'; bubble: Bubble }

type ComposerProps = {
	state: PhoneState
	chat: ChatView
	draft: Draft | undefined
	onDone(): void
}

/** Where a person writes. Enter sends, Shift+Enter begins a new line. */
export function Composer({ state, chat, draft, onDone }: ComposerProps) {
	// Apart, so that what was half written is there again after an edit.
	const [written, setWritten] = useState('')
	const [edited, setEdited] = useState('')
	const [isRecording, setRecording] = useState(false)
	const field = useRef<HTMLTextAreaElement>(null)
	const typing = useRef(createTypingTeller((said) => does('typing', { to: chat.id, state: said })))
	const me = state.people[state.person ?? '']
	const isOffline = me?.online === false
	const isEdit = draft?.does === 'edit'
	const text = isEdit ? edited : written
	// Before the next key comes.
	useLayoutEffect(() => {
		if (isEdit) setEdited(textOf(draft.bubble))
		if (draft) field.current?.focus()
	}, [draft])
	useEffect(grow, [text])

	function grow() {
		const area = field.current
		if (!area) return
		area.rows = Math.min(6, text.split('\n').length)
	}

	function send() {
		const said = text.trim()
		if (!said || !state.isLive) return
		if (isEdit) void does('edit', { id: draft.bubble.id, text: said })
		else sendWritten(said)
		onDone()
		field.current?.focus()
	}

	function sendWritten(said: string) {
		void writes(chat.id, said, draft?.bubble.id)
		typing.current.sent()
		setWritten('')
	}

	function write(next: string) {
		if (isEdit) return setEdited(next)
		setWritten(next)
		if (chat.kind === 'person' && !isOffline) typing.current.wrote(next)
	}

	if (!chat.may_write) return <p class="composer quiet">Only admins write here.</p>
	if (isRecording) return <Recorder chat={chat} state={state} onDone={() => setRecording(false)} />
	return (
		<form
			class="composer"
			onSubmit={(event) => {
				event.preventDefault()
				send()
			}}
		>
			{isOffline && (
				<p class="note" role="status">
					{me.name} is offline: what you send waits.
				</p>
			)}
			{draft && (
				<div class="drafting">
					<span class="quote">
						<strong>{isEdit ? 'Edit' : `Reply to ${draft.bubble.author.name}`}</strong>
						<span dir="auto">{textOf(draft.bubble)}</span>
					</span>
					<Button
						kind="plain"
						class="icon"
						aria-label={isEdit ? 'Do not edit' : 'Do not reply'}
						onClick={onDone}
					>
						<Icon name="close" />
					</Button>
				</div>
			)}
			<div class="compose-row">
				<Attach state={state} chat={chat} />
				<textarea
					ref={field}
					aria-label="Message"
					placeholder="Message"
					rows={1}
					dir="auto"
					value={text}
					onInput={({ currentTarget }) => write(currentTarget.value)}
					onKeyDown={(event) => {
						if (event.key === 'Escape' && draft) onDone()
						if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
						event.preventDefault()
						send()
					}}
				/>
				{text.trim() ? (
					<Button
						kind="main"
						class="icon round"
						type="submit"
						disabled={!state.isLive}
						aria-label="Send"
					>
						<Icon name="send" />
					</Button>
				) : (
					<Button
						kind="main"
						class="icon round"
						disabled={!state.isLive}
						aria-label="Record a voice message"
						onClick={() => setRecording(true)}
					>
						<Icon name="mic" />
					</Button>
				)}
			</div>
		</form>
	)
}

const textOf = ({ content }: Bubble) =>
	'text' in content && content.text ? content.text : content.kind.replaceAll('_', ' ')
