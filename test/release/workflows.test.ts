import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from 'esbuild'
import { parse } from 'yaml'
import { ROOT } from '../support/paths.ts'

const WORKFLOWS = join(ROOT, '.github/workflows')

/** The parser of GitHub itself imports JSON as only bundlers allow, so it is bundled first. */
async function githubsParser(): Promise<typeof import('@actions/workflow-parser')> {
	const { outputFiles } = await build({
		stdin: { contents: `export * from '@actions/workflow-parser'`, resolveDir: ROOT },
		bundle: true,
		platform: 'node',
		format: 'esm',
		write: false,
		// One of its dependencies is CommonJS and asks for modules of Node.
		banner: {
			js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(import.meta.url)})`,
		},
	})
	const code = Buffer.from(outputFiles[0]!.contents).toString('base64')
	return import(`data:text/javascript;base64,${code}`)
}

const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await githubsParser()

/** What GitHub would say against a workflow: its schema, its expressions, and the order of its jobs. */
async function problemsOf(name: string, content: string): Promise<string[]> {
	const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter())
	if (value) await convertWorkflowTemplate(context, value)
	return context.errors.getErrors().map(({ message }) => message)
}

const files = globSync('*.yml', { cwd: WORKFLOWS })
const textOf = (file: string) => readFileSync(join(WORKFLOWS, file), 'utf8')

for (const file of files)
	test(`GitHub accepts the workflow ${file}`, async () => {
		assert.deepEqual(await problemsOf(file, textOf(file)), [])
	})

test('GitHub says what is wrong with a workflow', async () => {
	const workflow = (step: string, more = '') =>
		`on: push\njobs:\n  a:\n    runs-on: x\n${more}    steps:\n    - run: ${step}\n`
	assert.deepEqual(await problemsOf('a.yml', workflow('a')), [])
	assert.match((await problemsOf('a.yml', workflow('a\n      uses_: b'))).join(), /'uses_'/)
	assert.match((await problemsOf('a.yml', workflow('${{ gitub.ref }}'))).join(), /'gitub'/)
	assert.match(
		(await problemsOf('a.yml', workflow('a', '    needs: b\n'))).join(),
		/dependencies|'b'/,
	)
})

type Step = { uses?: string; run?: string; with?: Record<string, unknown> }
type Job = {
	needs?: string | string[]
	permissions?: Record<string, string>
	uses?: string
	steps?: Step[]
}
type Workflow = { on: Record<string, unknown>; permissions: object; jobs: Record<string, Job> }

const publish: Workflow = parse(textOf('publish.yml'))
const ci: Workflow = parse(textOf('ci.yml'))
const stepsOf = ({ steps = [] }: Job) => steps

test('CI runs what must pass to land', () => {
	assert.ok(stepsOf(ci.jobs['test']!).some(({ run }) => run === '.ci/run'))
})

test('nothing is published before the version was checked and all tests have passed', () => {
	const { version, test: tests, ...others } = publish.jobs
	assert.deepEqual(publish.on, { push: { tags: ['v*'] } })
	assert.deepEqual([version!.needs, tests!.needs], [undefined, 'version'])
	assert.equal(tests!.uses, './.github/workflows/ci.yml')
	assert.deepEqual(
		Object.entries(others).map(([name, { needs }]) => [name, needs]),
		[
			['npm', 'test'],
			['image', 'test'],
			['release', ['npm', 'image']],
		],
	)
})

test('packages are published with provenance, the image for two architectures with its materials', () => {
	const { npm, image } = publish.jobs
	assert.equal(npm!.permissions!['id-token'], 'write')
	const commands = stepsOf(npm!).map(({ run }) => run)
	assert.ok(commands.includes('npm publish --provenance --access public'))
	const built = stepsOf(image!).find(({ uses }) => uses?.startsWith('docker/build-push-action@'))
	assert.equal(built?.with?.['platforms'], 'linux/amd64,linux/arm64')
	assert.equal(built?.with?.['sbom'], true)
	assert.equal(built?.with?.['provenance'], 'mode=max')
})

test('only jobs that publish may write, and no step keeps the credentials of the checkout', () => {
	for (const workflow of [ci, publish]) {
		assert.deepEqual(workflow.permissions, { contents: 'read' })
		for (const { uses, ...step } of Object.values(workflow.jobs).flatMap(stepsOf))
			if (uses?.startsWith('actions/checkout@'))
				assert.equal(step.with?.['persist-credentials'], false)
	}
})
