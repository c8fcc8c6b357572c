const nouns: Record<string, string> = {
	string: 'a text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
}

const count = (number: string, one: string, many: string) =>
	`${number} ${number === '1' ? one : many}`
const entries = (number: string) => count(number, 'entry', 'entries')
const characters = (number: string) => count(number, 'character', 'characters')

/** Zod's own messages, and what we say instead. Ours stay as they are. */
const plainWords: [pattern: RegExp, say: (...found: string[]) => string][] = [
	[/^Invalid input: expected \w+, received undefined$/, () => 'is required'],
	[/^Invalid input: expected \w+, received NaN$/, () => 'must be a number'],
	[/^Invalid input: expected int, received number$/, () => 'must be a whole number'],
	[/^Too small: expected number to be >0$/, () => 'must be more than 0'],
	[/^Invalid string: must match pattern/, () => 'does not have the form that is needed'],
	[/^Invalid URL$/, () => 'must be a URL'],
	[
		/^Invalid input: expected (\w+), received (\w+)$/,
		(wanted, got) => `must be ${nouns[wanted!] ?? wanted}, not ${nouns[got!] ?? got}`,
	],
	[/^Too small: expected array to have >=(\d+) items$/, (n) => `must have at least ${entries(n!)}`],
	[/^Too big: expected array to have <=(\d+) items$/, (n) => `may have at most ${entries(n!)}`],
	[/^Too small: expected string to have >=1 characters$/, () => 'must not be empty'],
	[
		/^Too small: expected string to have >=(\d+) characters$/,
		(n) => `must have at least ${characters(n!)}`,
	],
	[
		/^Too big: expected string to have <=(\d+) characters$/,
		(n) => `may have at most ${characters(n!)}`,
	],
	[/^Too small: expected \w+ to be >=(-?[\d.]+)$/, (n) => `must be at least ${n}`],
	[/^Too big: expected \w+ to be <=(-?[\d.]+)$/, (n) => `may be at most ${n}`],
	[
		/^Invalid option: expected one of (.*)$/,
		(all) => `must be one of ${all!.replaceAll('"', '').replaceAll('|', ', ')}`,
	],
]

/** Of a field that may have several forms, `errors` says what is wrong with each. */
type PlainIssue = { message: string; errors?: readonly (readonly { message: string }[])[] }

const isMissingIn = (errors: NonNullable<PlainIssue['errors']>): boolean =>
	errors.length > 0 &&
	errors.every((issues) => issues.some(({ message }) => message.endsWith('received undefined')))

/** What is wrong with a field, in words for people who do not know our validator. */
export function plainly({ message, errors = [] }: PlainIssue): string {
	if (message === 'Invalid input')
		return isMissingIn(errors) ? 'is required' : 'has a form that is not known'
	for (const [pattern, say] of plainWords) {
		const found = pattern.exec(message)
		if (found) return say(...found.slice(1))
	}
	return message
}
