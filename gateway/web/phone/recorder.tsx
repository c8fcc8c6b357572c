import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChatView } from '../../src/sandbox/view/bubble.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { does, sendsFile } from './acts.ts'
import type { PhoneState } from './state.ts'

type RecorderProps = { chat: ChatView; state: PhoneState; onDone(): void }

/** Records a voice message: it begins at once, and ends with *Send* or *Throw away*. */
export function Recorder({ chat, state, onDone }: RecorderProps) {
	const [problem, setProblem] = useState<string>()
	const [isRunning, setRunning] = useState(false)
	const recording = useRef<Recording>(undefined)
	useEffect(() => {
		let isGone = false
		startRecording().then(
			(started) => {
				if (isGone) return started.stop()
				recording.current = started
				setRunning(true)
				if (chat.kind === 'person' && state.people[state.person ?? '']?.online)
					void does('typing', { to: chat.id, state: 'recording' })
			},
			(error: Error) => setProblem(error.message),
		)
		return () => {
			isGone = true
			void recording.current?.stop()
		}
	}, [])

	async function finish() {
		const blob = await recording.current!.stop()
		onDone()
		await sendsFile(chat.id, blob, { as: 'audio', ptt: 'true' })
	}

	async function throwAway() {
		if (isRunning && chat.kind === 'person') void does('typing', { to: chat.id, state: 'paused' })
		onDone()
	}

	return (
		<div class="composer row">
			{problem ? (
				<Notice kind="warn">{problem}</Notice>
			) : (
				<p role="status">{isRunning ? 'Recording…' : 'Waiting for the microphone…'}</p>
			)}
			<Button onClick={throwAway}>{problem ? 'Close' : 'Throw away'}</Button>
			{!problem && (
				<Button kind="main" disabled={!isRunning} onClick={finish}>
					Send
				</Button>
			)}
		</div>
	)
}

type Recording = { stop(): Promise<Blob> }

/** @throws Error with what a person can do, where there is no microphone */
async function startRecording(): Promise<Recording> {
	// Over plain http a browser has no devices for pages.
	if (!navigator.mediaDevices)
		throw new Error('Recording needs https or localhost. Attach a file instead.')
	const stream = await navigator.mediaDevices
		.getUserMedia({ audio: true })
		.catch((error: Error) => {
			throw new Error(`The browser gives no microphone (${error.message}). Attach a file instead.`)
		})
	const type = ['audio/webm;codecs=opus', 'audio/mp4'].find((each) =>
		MediaRecorder.isTypeSupported(each),
	)
	const recorder = new MediaRecorder(stream, type ? { mimeType: type } : {})
	const parts: Blob[] = []
	recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
	const ended = new Promise<Blob>((resolve) =>
		recorder.addEventListener('stop', () =>
			resolve(new Blob(parts, { type: recorder.mimeType || type || '' })),
		),
	)
	recorder.start()
	return {
		stop() {
			if (recorder.state !== 'inactive') recorder.stop()
			for (const track of stream.getTracks()) track.stop()
			return ended
		},
	}
}
