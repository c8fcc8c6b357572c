import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes'
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const N8N_FILES = ['nodes/**/*.ts', 'credentials/**/*.ts']

/** The same rules, and the same five exceptions, as `n8n-node lint` and n8n's package scanner. */
const n8nRules = defineConfig(
	{
		files: [...N8N_FILES, 'package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: { 'no-console': 'error' },
	},
	{ files: ['package.json'], rules: n8nNodesBase.configs.community.rules },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
)

/** Preact writes `value` into a field whenever it draws: what somebody has typed would be gone. */
const uncontrolledField = {
	selector: [
		'JSXOpeningElement[name.name=/^(input|textarea)$/]',
		":has(> JSXAttribute[name.name='value'])",
		':not(:has(> JSXAttribute[name.name=/^on(Input|Change)$/]))',
		":not(:has(> JSXAttribute[name.name='type'][value.value=/^(checkbox|radio)$/]))",
	].join(''),
	message: 'Give `defaultValue`, or `value` with `onInput`.',
}

export default defineConfig(
	{ ignores: ['**/node_modules/', '**/dist/', '.cache/', 'data/'] },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		rules: {
			'@typescript-eslint/no-unused-vars': [
				'error',
				// `const { secret: _, ...shown } = webhook` leaves a field out, `for await (const _ of bytes)` only waits
				{ ignoreRestSiblings: true, varsIgnorePattern: '^_$' },
			],
		},
	},
	{
		files: ['test/**/*.ts'],
		// an answer's JSON is whatever came back: comparing it is what the test does
		rules: { '@typescript-eslint/no-explicit-any': 'off' },
	},
	{
		files: ['gateway/web/**/*.tsx'],
		languageOptions: { parser: tseslint.parser },
		rules: { 'no-restricted-syntax': ['error', uncontrolledField] },
	},
	{ files: ['**/*.{ts,json}'], languageOptions: { parser: tseslint.parser } },
	...n8nRules,
)
