import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../support/paths.ts'
import { filesBelow, importsOf } from './support/imports.ts'

const SRC = join(ROOT, 'gateway/src')
const WEB = join(ROOT, 'gateway/web')

/** Which rooms of the gateway a room may use. A file at the top (`app.ts`) is a room of that name. */
const mayUse: Record<string, string[]> = {
	main: ['cli', 'lib'],
	cli: [
		'app',
		'import',
		'http/dialects',
		'doctor',
		'config',
		'session',
		'events',
		'errors',
		'log',
		'sandbox',
		'storage',
		'lib',
	],
	app: [
		'cluster',
		'config',
		'session',
		'delivery',
		'media',
		'messages',
		'events',
		'http',
		'doctor',
		'monitoring',
		'storage/driver',
		'storage/membership',
		'errors',
		'log',
		'lib',
	],
	cluster: ['session', 'delivery', 'events', 'storage/driver', 'storage/membership', 'log', 'lib'],
	import: ['http', 'session', 'errors', 'lib'],
	http: [
		'cluster/directory',
		'doctor',
		'monitoring',
		'session',
		'delivery',
		'messages',
		'events',
		'storage/driver',
		'errors',
		'log',
		'lib',
	],
	doctor: ['config', 'session', 'delivery', 'media', 'storage', 'errors', 'lib'],
	monitoring: [
		'config',
		'doctor',
		'session',
		'delivery',
		'media',
		'events',
		'storage/driver',
		'storage/membership',
		'lib',
	],
	delivery: ['session', 'messages', 'events', 'storage/driver', 'errors', 'log', 'lib'],
	session: ['messages', 'events', 'media', 'storage/driver', 'errors', 'log', 'lib'],
	media: ['storage/driver', 'errors', 'log', 'lib'],
	messages: ['errors', 'lib'],
	events: ['errors', 'lib'],
	storage: ['errors', 'log', 'lib'],
	sandbox: ['lib'],
	config: ['errors', 'lib'],
	errors: [],
	log: [],
	lib: ['errors'],
}

const roomOf = (file: string) => file.split('/')[0]!.replace(/\.ts$/, '')

/** `storage/driver` is allowed by that name alone; a room's name allows all of it. */
const allows = (allowed: string[], file: string) =>
	allowed.some((entry) => file.startsWith(`${entry}/`) || file === `${entry}.ts`)

test('every room of the gateway uses only the rooms that it may use', () => {
	const wrong: string[] = []
	for (const file of filesBelow(SRC, '**/*.ts')) {
		const room = roomOf(file)
		const allowed = [...(mayUse[room] ?? assert.fail(`${room} is not on the map`)), room]
		for (const specifier of importsOf(join(SRC, file)).filter((s) => s.startsWith('.'))) {
			const target = relative(SRC, join(SRC, dirname(file), specifier))
			if (!allows(allowed, target)) wrong.push(`${file} imports ${target}`)
		}
	}
	assert.deepEqual(wrong, [])
})

test('the web pages borrow nothing but types of the gateway, and the gateway nothing of them', () => {
	const own = filesBelow(WEB, '**/*.{ts,tsx}').flatMap((file) => {
		const text = readFileSync(join(WEB, file), 'utf8')
		const values = text.matchAll(
			/^import (?!type )((?!^import ).)*?from '((\.\.\/)+src\/[^']+)'/gms,
		)
		return [...values].map(([, , specifier]) => `${file} imports ${specifier}`)
	})
	const theirs = filesBelow(SRC, '**/*.ts').flatMap((file) =>
		importsOf(join(SRC, file))
			.filter((specifier) => join(dirname(file), specifier).startsWith('../web'))
			.map((specifier) => `${file} imports ${specifier}`),
	)
	assert.deepEqual([...own, ...theirs], [])
})

test('Baileys runs in session and in the sandbox only; messages borrow its types', () => {
	const wrong = filesBelow(SRC, '**/*.ts').filter((file) => {
		const text = readFileSync(join(SRC, file), 'utf8')
		const imports = [...text.matchAll(/import (type )?[^;]*?from '@whiskeysockets\/baileys'/g)]
		if (['session', 'sandbox'].includes(roomOf(file))) return false
		return imports.some(([, isType]) => !isType || roomOf(file) !== 'messages')
	})
	assert.deepEqual(wrong, [])
})

test('the nodes import nothing but n8n-workflow, node:crypto and each other', () => {
	const wrong = filesBelow(ROOT, '{nodes,credentials}/**/*.ts').flatMap((file) =>
		importsOf(join(ROOT, file))
			.filter((s) => !s.startsWith('.') && s !== 'n8n-workflow' && s !== 'node:crypto')
			.map((s) => `${file} imports ${s}`),
	)
	assert.deepEqual(wrong, [])
})

test('the repository names no registry and no path of the machine it was made on', () => {
	const lockFiles = filesBelow(ROOT, '{.,gateway,test/*}/package-lock.json')
	for (const file of lockFiles)
		assert.doesNotMatch(readFileSync(join(ROOT, file), 'utf8'), /"resolved": "https?:/, file)
})
