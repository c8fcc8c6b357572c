import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs'
import { ESLint } from 'eslint'
import { join } from 'node:path'
import { LINT, ROOT } from '../support/paths.ts'

const PUBLISHED_FILES = ['**/*.js', 'package.json']
const OUR_FILES = [
	'{nodes,credentials,gateway/src,test}/**/*.ts',
	'gateway/web/**/*.tsx',
	'package.json',
]

export async function lintRepository() {
	const eslint = new ESLint({
		cwd: ROOT,
		overrideConfigFile: join(LINT, 'eslint.config.js'),
		errorOnUnmatchedPattern: false,
	})
	const formatter = await eslint.loadFormatter('stylish')
	return formatter.format(await eslint.lintFiles(OUR_FILES))
}

async function scan(directory, files) {
	const { passed, message, details } = await analyzePackage(directory, files)
	return passed ? '' : `${message}\n${details ?? ''}`
}

export const scanSource = () => scan(ROOT, SOURCE_FILE_PATTERNS)

export const scanPackage = (directory) => scan(directory, PUBLISHED_FILES)
