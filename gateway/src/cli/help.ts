import { settingsList } from '../config/settings.ts'

const COMMANDS: [command: string, what: string][] = [
	['[--sandbox[=URL]] [--port N] [--help]', 'serves'],
	[
		'import DIR [SESSION]',
		'takes over a device that useMultiFileAuthState of Baileys has stored in DIR',
	],
	[
		'import evolution --database URL [--redis URL] [--files DIR]',
		'takes over the linked instances of Evolution API; [--redis-prefix P]',
	],
	['import waha --sessions DIR', 'takes over the linked sessions of WAHA, engine NOWEB'],
	[
		'import … [--dry-run] [--only NAME] [--force]',
		'only lists; only these; although the other system seems to run',
	],
	['import … [--without-webhooks]', 'takes the sessions without their webhooks'],
	['backup DIR', 'copies all state to a new directory, also while the gateway runs'],
	['doctor [--json]', 'says what is wrong with the settings, this machine and the network'],
	[
		'covers evolution|waha --url URL [--key KEY]',
		'says what of a running Evolution API or WAHA is covered here',
	],
	['migrate --to URL', 'moves all state from DATA_DIR to a PostgreSQL database'],
	['migrate --from URL --to DIR', 'brings it back to a new directory'],
	[
		'restored [--nothing-lost]',
		'after a backup was put in place: begins all encryption anew, without a QR',
	],
	['rekey', 'encrypts all state with STATE_KEY, or decrypts it if none is set'],
	['--version', 'prints the version'],
]

/** A terminal has at least so many columns. */
const COLUMNS = 80

/** The text of `--help`: the commands, and every setting with its default and its description. */
export function helpText(): string {
	const settings = settingsList().map(({ name, description, standard }): [string, string] => [
		name,
		standard ? `${description} [${standard}]` : description,
	])
	return [
		...COMMANDS.flatMap(([command, what]) => [`whatsapp-gateway ${command}`, `    ${what}`]),
		'',
		'Settings come from the environment, from a file .env, or as flags: DATA_DIR is',
		'--data-dir. Defaults are in brackets.',
		'',
		...table(settings),
	].join('\n')
}

/** Two columns: the names, and beside them the texts in lines that fit. */
function table(rows: [name: string, text: string][]): string[] {
	const width = Math.max(...rows.map(([name]) => name.length)) + 2
	return rows.flatMap(([name, text]) =>
		wrapped(text, COLUMNS - width).map(
			(line, number) => (number === 0 ? name : '').padEnd(width) + line,
		),
	)
}

function wrapped(text: string, width: number): string[] {
	const lines = ['']
	for (const word of text.split(' ')) {
		const line = lines.at(-1)!
		if (line && line.length + 1 + word.length > width) lines.push(word)
		else lines[lines.length - 1] = line ? `${line} ${word}` : word
	}
	return lines
}
