import { useState } from 'preact/hooks'
import type { Content, FileKind } from '../../src/sandbox/view/bubble.ts'
import { urlOf } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { does } from './acts.ts'
import { RichText } from './rich-text.tsx'
import { phonePath } from './store.ts'
import { Voice } from './voice.tsx'

type FileContent = Extract<Content, { kind: FileKind }>

/** What a browser shows; everything else is downloaded. */
const SHOWN = /^(image\/(jpeg|png|webp|gif)|video\/mp4|audio\/)/

const NAMES: Record<FileKind, string> = {
	photo: 'Photo',
	video: 'Video',
	gif: 'GIF',
	round_video: 'Video note',
	voice: 'Voice message',
	audio: 'Audio',
	document: 'Document',
	sticker: 'Sticker',
}

type FileProps = { id: string; content: FileContent; mine?: boolean }

/** The file of a message, with its caption. */
export function FileOf({ id, content, mine = true }: FileProps) {
	const { kind, file, text, once } = content
	const [isOpen, setOpen] = useState(false)
	if (once && !isOpen)
		return <Button onClick={() => setOpen(true)}>View once: {NAMES[kind].toLowerCase()}</Button>
	return (
		<div class={`file ${kind}`}>
			{file.missing === undefined ? (
				<Shown id={id} content={content} mine={mine} />
			) : (
				<p class="bad">
					{NAMES[kind]} is missing: {file.missing}
				</p>
			)}
			{text && <RichText text={text} />}
		</div>
	)
}

function Shown({ id, content: { kind, file, text }, mine }: FileProps) {
	const url = urlOf(`${phonePath()}/messages/${encodeURIComponent(id)}/media`)
	const [type] = file.mimetype.split('/')
	const name = text ? `${NAMES[kind]}: ${text}` : NAMES[kind]
	if (kind === 'document' || !SHOWN.test(file.mimetype))
		return (
			<a class="download" href={url} download={file.name ?? NAMES[kind]}>
				<Icon name="file" />
				<span>
					<strong>{file.name ?? NAMES[kind]}</strong>
					<span class="note">
						{' '}
						{sizeText(file.size)} {file.mimetype}
					</span>
				</span>
			</a>
		)
	if (type === 'image') return <img src={url} alt={name} loading="lazy" />
	if (type === 'audio') {
		// Whoever sent a voice message is told that it was listened to.
		const played = () => void (kind === 'voice' && !mine && does('played', { id }))
		return <Voice url={url} name={name} waveform={file.waveform ?? []} onPlay={played} />
	}
	const isLoop = kind === 'gif'
	return (
		<video src={url} controls loop={isLoop} muted={isLoop} preload="metadata" aria-label={name} />
	)
}

/** A number of bytes, as people say it. */
export function sizeText(bytes: number): string {
	if (bytes < 1000) return `${bytes} bytes`
	if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
	return `${(bytes / 1_000_000).toFixed(1)} MB`
}
