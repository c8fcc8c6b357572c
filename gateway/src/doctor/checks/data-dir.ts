import { constants, type Stats } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fine, warning, wrong, type Check, type Finding } from '../check.ts'

const { R_OK, W_OK, X_OK } = constants
const OTHERS = 0o007

/** Whether the state can be read and written. `/ready` asks often, so it looks at the directory and one level below. */
export const dataDirCheck: Check = {
	name: 'data_dir',
	title: 'DATA_DIR',
	unready: 'data_dir_unusable',
	async run({ config: { DATA_DIR }, running }) {
		const path = resolve(DATA_DIR)
		const found = await statOf(path)
		if (found === 'ENOENT') return running ? removed(path) : absent(path)
		if (typeof found === 'string') return unusable(path, found, undefined)
		if (!found.isDirectory())
			return wrong(`DATA_DIR=${path} is a file.`, 'Set DATA_DIR to a directory.')
		const below = (await entriesOf(path)).map((name) => join(path, name))
		for (const one of [path, ...below]) {
			const code = await whyUnusable(one)
			if (code) return unusable(one, code, await statOf(one))
		}
		const mode = found.mode & 0o777
		if (process.platform !== 'win32' && mode & OTHERS)
			return warning(
				`Every user of this machine may look into DATA_DIR=${path} (mode ${mode.toString(8)}).`,
				`Its files are readable by their owner only; close the directory as well: chmod 700 ${path}`,
			)
		return fine(`${path} can be read and written.`)
	},
}

const removed = (path: string) =>
	wrong(`DATA_DIR=${path} was removed while the gateway runs.`, 'Bring it back, and restart.')

/** The first start makes it, if the directory above lets it. */
async function absent(path: string): Promise<Finding> {
	let above = dirname(path)
	while ((await statOf(above)) === 'ENOENT') above = dirname(above)
	const code = await whyUnusable(above)
	if (!code) return fine(`${path} does not exist yet: the first start makes it.`)
	return wrong(
		`DATA_DIR=${path} does not exist and cannot be made, since ${above} ${reasonOf(code)}.`,
		`Make it and give it to the user that runs the gateway: ${ownerCommand(path)}`,
	)
}

function unusable(path: string, code: string, found: Stats | string | undefined): Finding {
	if (code === 'EROFS')
		return wrong(
			`${path} is on a file system that can only be read.`,
			'Mount it for writing, or set DATA_DIR to another directory.',
		)
	const owner = typeof found === 'object' ? `, which belongs to user ${found.uid}` : ''
	return wrong(
		`The gateway, as user ${process.getuid?.() ?? 'of this process'}, may not read and write ${path}${owner}.`,
		`Give it to the user that runs the gateway: ${ownerCommand(path)}`,
	)
}

const reasonOf = (code: string) =>
	code === 'EROFS' ? 'is on a file system that can only be read' : 'may not be written'

const ownerCommand = (path: string) => `chown -R ${process.getuid?.() ?? 'USER'} ${path}`

const statOf = (path: string): Promise<Stats | string> =>
	stat(path).catch(({ code }: NodeJS.ErrnoException) => (code === 'ENOTDIR' ? 'ENOENT' : code!))

const entriesOf = (path: string): Promise<string[]> => readdir(path).catch(() => [])

/** @returns the code of the error; undefined if it can be used, or has gone meanwhile */
async function whyUnusable(path: string): Promise<string | undefined> {
	const found = await statOf(path)
	const needed = R_OK | W_OK | (typeof found === 'object' && found.isDirectory() ? X_OK : 0)
	return access(path, needed).then(
		() => undefined,
		({ code }: NodeJS.ErrnoException) => (code === 'ENOENT' ? undefined : code),
	)
}
