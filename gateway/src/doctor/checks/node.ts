import { NODE_ADVICE, wrongWithNode } from '../../lib/node-version.ts'
import { fine, wrong, type Check } from '../check.ts'

export const nodeCheck: Check = {
	name: 'node',
	title: 'Node',
	run({ machine: { nodeVersion } }) {
		const sentence = wrongWithNode(nodeVersion)
		return sentence ? wrong(sentence, NODE_ADVICE) : fine(`This is Node ${nodeVersion}.`)
	},
}
