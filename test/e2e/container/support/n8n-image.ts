import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { N8N } from '../../../support/paths.ts'
import { BASE } from './base-image.ts'
import { composeFile } from './compose-file.ts'
import type { Engine } from './engine.ts'

const PROGRAM = '/opt/n8n'

/**
 * A stand-in for n8n's own image, which cannot be had without its registry: the n8n of npm, with the user and the
 * directories of that image. @returns the options with which its service runs
 */
export async function makeN8nImage(engine: Engine): Promise<Record<string, string[]>> {
	const context = join(engine.home, 'n8n')
	await mkdir(context)
	const dockerfile = [
		`FROM ${BASE}`,
		'RUN useradd --uid 1000 --create-home node && install -d -o node -g node /home/node/.n8n',
		'USER node',
		'ENV HOME=/home/node',
		`ENTRYPOINT ["node", "${PROGRAM}/node_modules/n8n/bin/n8n"]`,
	].join('\n')
	await writeFile(join(context, 'Dockerfile'), dockerfile)
	await engine.build(context, '', composeFile().services.n8n!.image)
	return { n8n: [`--volume=${N8N}:${PROGRAM}:ro`] }
}
