import { useRef, useState } from 'preact/hooks'
import type { ChatView } from '../../src/sandbox/view/bubble.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu } from '../parts/menu.tsx'
import { sendsFile } from './acts.ts'
import { ContactForm, PlaceForm, PollForm } from './attach-forms.tsx'
import { samplePhoto, sampleVoice } from './samples.ts'
import type { PhoneState } from './state.ts'

type Form = 'place' | 'contact' | 'poll' | undefined

/** What can be sent besides a text. */
export function Attach({ state, chat }: { state: PhoneState; chat: ChatView }) {
	const [form, setForm] = useState<Form>()
	const input = useRef<HTMLInputElement>(null)
	const close = () => setForm(undefined)
	const send = (file: Blob) => void sendsFile(chat.id, file)
	return (
		<>
			<Menu label="Attach" face={<Icon name="attach" />} class="attach">
				<Button kind="plain" onClick={() => input.current!.click()}>
					File
				</Button>
				<Button kind="plain" onClick={() => setForm('place')}>
					Place
				</Button>
				<Button kind="plain" onClick={() => setForm('contact')}>
					Contact
				</Button>
				<Button kind="plain" onClick={() => setForm('poll')}>
					Poll
				</Button>
				<Button kind="plain" onClick={async () => send(await samplePhoto())}>
					Sample photo
				</Button>
				<Button
					kind="plain"
					onClick={() => void sendsFile(chat.id, sampleVoice(), { as: 'audio', ptt: 'true' })}
				>
					Sample voice message
				</Button>
			</Menu>
			<input
				ref={input}
				type="file"
				hidden
				aria-label="File"
				onChange={({ currentTarget }) => {
					const [file] = currentTarget.files ?? []
					if (file) send(file)
					currentTarget.value = ''
				}}
			/>
			{form === 'place' && <PlaceForm chat={chat} close={close} />}
			{form === 'contact' && <ContactForm state={state} chat={chat} close={close} />}
			{form === 'poll' && <PollForm chat={chat} close={close} />}
		</>
	)
}
