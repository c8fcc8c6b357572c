import type { TestContext } from 'node:test'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryDirectory } from '../../../support/directories.ts'
import { openGateway } from '../../../support/gateway/gateway.ts'
import { freePort } from '../../../support/ports.ts'
import { makeReadOnly, smallDisk } from '../../../support/small-disk.ts'
import { stateWithWebhooks, type SetUp } from '../support/set-up.ts'
import { set, type Broken } from './broken.ts'

const MIB = 1024 ** 2
const KEY = 'f'.repeat(8) + '0'.repeat(56)

const diskWith = (facts: object): SetUp => ({
	machine: {
		statfs: async () => ({
			type: 0xef53,
			bsize: 4096,
			bavail: 1e9,
			files: 1e6,
			ffree: 1e6,
			...facts,
		}),
	},
})

/** A program at the path of ffmpeg. */
async function program(t: TestContext, name: string, script: string, mode = 0o755) {
	const directory = await temporaryDirectory(t)
	const path = join(directory, name)
	await writeFile(path, `#!/bin/sh\n${script}\n`)
	await chmod(path, mode)
	return { path, directory }
}

/** `DATA_DIR`, what is in it, and the programs on the disk. */
export const disk: Broken[] = [
	{
		what: 'a DATA_DIR that is a file',
		make: async (t) => {
			const path = join(await temporaryDirectory(t), 'file')
			await writeFile(path, '')
			return { env: { DATA_DIR: path } }
		},
		check: 'data_dir',
		state: 'wrong',
		says: /^DATA_DIR=\/.+ is a file\.$/,
	},
	{
		what: 'a DATA_DIR that can only be read',
		make: async (t) => {
			const path = await smallDisk(t, MIB)
			if (!path) return undefined
			await makeReadOnly(path)
			return { env: { DATA_DIR: path } }
		},
		check: 'data_dir',
		state: 'wrong',
		says: /is on a file system that can only be read\.$/,
		advises: /Mount it for writing/,
	},
	{
		what: 'a DATA_DIR that cannot be made',
		make: async (t) => {
			const path = await smallDisk(t, MIB)
			if (!path) return undefined
			await makeReadOnly(path)
			return { env: { DATA_DIR: join(path, 'a/b') } }
		},
		check: 'data_dir',
		state: 'wrong',
		says: /does not exist and cannot be made, since .+ can only be read\.$/,
	},
	{
		what: 'a DATA_DIR that every user may look into',
		make: async (t) => {
			const path = await temporaryDirectory(t)
			await chmod(path, 0o755)
			return { env: { DATA_DIR: path } }
		},
		check: 'data_dir',
		state: 'warning',
		says: /^Every user of this machine may look into DATA_DIR=.+ \(mode 755\)\.$/,
		advises: /chmod 700/,
	},
	{
		what: 'a disk that is full',
		make: async (t) => {
			const path = await smallDisk(t, 2 * MIB)
			return path === undefined ? undefined : { env: { DATA_DIR: path } }
		},
		check: 'disk',
		state: 'wrong',
		says: /^Only 2\.0 MB are free where DATA_DIR is: the state/,
	},
	{
		what: 'a disk that takes no more files',
		make: async (t) => {
			const path = await smallDisk(t, 32 * MIB, 50)
			return path === undefined ? undefined : { env: { DATA_DIR: path } }
		},
		check: 'disk',
		state: 'wrong',
		says: /can take only \d\d more files, though it has space\.$/,
	},
	{
		what: 'a disk that is nearly full',
		make: () => diskWith({ bavail: 100_000 }),
		check: 'disk',
		state: 'warning',
		says: /^Only 391 MB are free where DATA_DIR is\.$/,
	},
	{
		what: 'a DATA_DIR in memory',
		make: async (t) => {
			const path = await smallDisk(t, MIB)
			return path === undefined ? undefined : { env: { DATA_DIR: path } }
		},
		check: 'file_system',
		state: 'warning',
		says: /in memory \(tmpfs\)/,
	},
	{
		what: 'a DATA_DIR on NFS',
		make: () => diskWith({ type: 0x6969 }),
		check: 'file_system',
		state: 'warning',
		says: /^DATA_DIR is on NFS, which another machine or program serves/,
	},
	{
		what: 'a DATA_DIR on CIFS, whose number has a sign on some systems',
		make: () => diskWith({ type: 0xff534d42 | 0 }),
		check: 'file_system',
		state: 'warning',
		says: /^DATA_DIR is on CIFS/,
	},
	{
		what: 'a DATA_DIR in a container without a volume',
		make: () => diskWith({ type: 0x794c7630 }),
		check: 'file_system',
		state: 'warning',
		says: /in the container itself/,
	},
	{
		what: 'a DATA_DIR that another gateway uses',
		make: async (t) => {
			const { dataDir } = await openGateway(t)
			return { env: { DATA_DIR: dataDir, PORT: String(await freePort()) } }
		},
		check: 'lock',
		state: 'wrong',
		says: /^DATA_DIR is in use by process \d+ on .+, and no gateway answers at http/,
	},
	{
		what: 'state without its key',
		make: async (t) => ({ env: { DATA_DIR: await stateWithWebhooks(t, [], KEY) } }),
		check: 'state',
		state: 'wrong',
		says: /^The state is encrypted, and no key was given/,
	},
	{
		what: 'state with another key',
		make: async (t) => ({
			env: { DATA_DIR: await stateWithWebhooks(t, [], KEY), STATE_KEY: '1'.repeat(64) },
		}),
		check: 'state',
		state: 'wrong',
		says: /^The state was encrypted with another key/,
	},
	{
		what: 'a key that is too short',
		make: set({ STATE_KEY: 'short' }),
		check: 'state',
		state: 'wrong',
		says: /^STATE_KEY is too short/,
	},
	{
		what: 'a key file that is not there',
		make: set({ STATE_KEY_FILE: '/nowhere/key' }),
		check: 'state',
		state: 'wrong',
		says: /^STATE_KEY_FILE \/nowhere\/key cannot be read/,
	},
	{
		what: 'state of a newer gateway',
		make: async (t) => {
			const DATA_DIR = await temporaryDirectory(t)
			const marker = { format: 99, version: '9.9.9' }
			await writeFile(join(DATA_DIR, 'format'), JSON.stringify(marker))
			return { env: { DATA_DIR } }
		},
		check: 'state',
		state: 'wrong',
		says: /was written by version 9\.9\.9 of the gateway, in format 99\./,
	},
	{
		what: 'state that is damaged',
		make: async (t) => {
			const DATA_DIR = await stateWithWebhooks(t, [])
			const file = join(DATA_DIR, 'sessions/main.json')
			await writeFile(file, (await readFile(file, 'utf8')).slice(0, 40))
			return { env: { DATA_DIR } }
		},
		check: 'state',
		state: 'wrong',
		says: /main\.json is damaged: it is cut or garbled/,
	},
	{
		what: 'no ffmpeg',
		make: set({ FFMPEG_PATH: '/nowhere/ffmpeg' }),
		check: 'ffmpeg',
		state: 'warning',
		says: /^\/nowhere\/ffmpeg is not there/,
		advises: /apt-get install ffmpeg/,
	},
	{
		what: 'ffmpeg without ffprobe',
		make: async (t) => {
			const { path } = await program(t, 'ffmpeg', 'echo ffmpeg version 7.1')
			return { env: { FFMPEG_PATH: path } }
		},
		check: 'ffmpeg',
		state: 'warning',
		says: /^There is ffmpeg, but \/.+\/ffprobe is not there/,
	},
	{
		what: 'an ffmpeg that may not be run',
		make: async (t) => ({
			env: { FFMPEG_PATH: (await program(t, 'ffmpeg', 'true', 0o644)).path },
		}),
		check: 'ffmpeg',
		state: 'warning',
		says: /ffmpeg may not be run by this user/,
		advises: /chmod a\+rx/,
	},
	{
		what: 'an ffmpeg that fails',
		make: async (t) => ({ env: { FFMPEG_PATH: (await program(t, 'ffmpeg', 'exit 127')).path } }),
		check: 'ffmpeg',
		state: 'warning',
		says: /ffmpeg cannot be run/,
	},
	{
		what: 'an ffmpeg that is too old',
		make: async (t) => {
			const { path, directory } = await program(t, 'ffmpeg', 'echo ffmpeg version 2.8.17')
			await writeFile(join(directory, 'ffprobe'), '#!/bin/sh\n')
			await chmod(join(directory, 'ffprobe'), 0o755)
			return { env: { FFMPEG_PATH: path } }
		},
		check: 'ffmpeg',
		state: 'warning',
		says: /^ffmpeg 2\.8\.17 is too old/,
	},
]
