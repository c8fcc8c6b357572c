import type { MessageForm } from '../../../codegen/web/forms.ts'

/** The kinds whose name or description has every word, those with the words in their name first. */
export function findKinds(forms: MessageForm[], wanted: string): MessageForm[] {
	const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
	const hasAll = (text: string) => words.every((word) => text.toLowerCase().includes(word))
	const isNamed = ({ title, type }: MessageForm) => hasAll(`${title} ${type}`)
	const isDescribed = (form: MessageForm) =>
		!isNamed(form) && hasAll(`${form.title} ${form.type} ${form.description}`)
	return [...forms.filter(isNamed), ...forms.filter(isDescribed)]
}
