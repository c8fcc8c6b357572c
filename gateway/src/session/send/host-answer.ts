/**
 * Reads what a media host answers.
 * @returns its fields, none if it is not JSON. Ids with more digits than JavaScript keeps of a number are texts
 */
export function readHostAnswer(body: string): Record<string, unknown> {
	try {
		return Object(JSON.parse(body.replaceAll(LONG_ID, '$1"$2"')))
	} catch {
		return {}
	}
}

const LONG_ID = /("\w+"\s*:\s*)(\d{16,})/g
