import { plain } from '../../../../support/media/fixtures.ts'

export const NUMBER = '628123456789'
export const API = '/api/whatsapp'

export type Given = [bytes: Uint8Array, name: string, type?: string]

/** A form as a browser makes it. */
export function formOf(field: string, files: Given[], fields: Record<string, string>): FormData {
	const form = new FormData()
	for (const [name, value] of Object.entries(fields)) form.append(name, value)
	for (const [bytes, name, type] of files)
		form.append(field, new File([new Uint8Array(bytes)], name, type ? { type } : {}))
	return form
}

/** So many small pictures, each of another width. */
export const jpegs = (count: number) =>
	Promise.all(
		Array.from({ length: count }, (_, index) =>
			plain(32 + index, 32)
				.jpeg()
				.toBuffer(),
		),
	)
