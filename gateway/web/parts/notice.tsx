import type { ComponentChildren } from 'preact'

type NoticeProps = { kind?: 'warn' | 'bad'; children: ComponentChildren }

/** Something that a person should know now. Screen readers say it. */
export function Notice({ kind, children }: NoticeProps) {
	return (
		<div class={`notice ${kind ?? ''}`} role={kind === 'bad' ? 'alert' : 'status'}>
			{children}
		</div>
	)
}
