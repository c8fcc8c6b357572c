import { useEffect, useState } from 'preact/hooks'
import type { MessageForm } from '../../../codegen/web/forms.ts'
import { fieldsOf, type Values } from './body.ts'

/** Roughly what the other person will see. */
export function Preview({ form, values }: { form: MessageForm; values: Values }) {
	const given = fieldsOf(form.fields, values)
	const file = Object.values(given).find((value) => value instanceof File)
	const picture = usePicture(file)
	const texts = Object.values(given).filter((value) => typeof value === 'string')
	const lists = Object.values(given)
		.filter((value) => Array.isArray(value))
		.flat()
	if (texts.length + lists.length === 0 && !file) return null
	return (
		<section aria-label="Preview" class="preview">
			<div class="preview-bubble stack">
				{picture && <img src={picture} alt={file!.name} />}
				{file && !picture && <span>📎 {file.name}</span>}
				{texts.map((text, index) => (
					<span key={index} dir="auto">
						{text}
					</span>
				))}
				{lists.length > 0 && (
					<ul>
						{lists.map((entry, index) => (
							<li key={index}>○ {typeof entry === 'string' ? entry : JSON.stringify(entry)}</li>
						))}
					</ul>
				)}
			</div>
		</section>
	)
}

function usePicture(file: File | undefined): string | undefined {
	const [url, setUrl] = useState<string>()
	useEffect(() => {
		if (!file?.type.startsWith('image/')) return setUrl(undefined)
		const made = URL.createObjectURL(file)
		setUrl(made)
		return () => URL.revokeObjectURL(made)
	}, [file])
	return url
}
