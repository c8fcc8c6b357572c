import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow'
import { completed, type Shapes } from './body'
import { inCommonWords } from './common-words'
import { errorItem, unanswered } from './errors'
import { withinLimits } from './limits'
import { followPages, type Pages } from './lists'
import { sessionIn } from './sessions'
import { CREDENTIAL } from './transport'

type Request = DeclarativeRestApiSettings.ResultOptions

/** What becomes of the fields of an operation, and of its answers. */
export interface Performance {
	shapes?: Shapes
	/** For the words of errors. */
	fields?: INodeProperties[]
	/** A list that comes in pages. */
	pages?: Pages | undefined
	/** The panel has a choice for what a limit of the number holds back. */
	hasLimits?: boolean
}

/**
 * Makes the request of an item. n8n calls it as a pagination, which is the only place of a declarative node that sees
 * everything that can go wrong: every item that it returns, errors included, is paired with the item it came from.
 */
export const performing = ({ shapes, pages, hasLimits }: Performance) =>
	async function perform(
		this: IExecutePaginationFunctions,
		request: Request,
	): Promise<INodeExecutionData[]> {
		const pairedItem = { item: this.getItemIndex() }
		try {
			request.options.url = await sessionIn(this, request.options.url ?? '')
			if (shapes) request.options = await completed(this, request.options, shapes)
			const items = pages
				? await followPages(this, request, pages)
				: hasLimits
					? await withinLimits(this, () => this.makeRoutingRequest(request))
					: await this.makeRoutingRequest(request)
			return items.map(({ json, ...item }) => ({ ...item, json: inCommonWords(json), pairedItem }))
		} catch (thrown) {
			const { baseUrl } = await this.getCredentials<{ baseUrl: string }>(CREDENTIAL)
			const error = unanswered(this.getNode(), thrown, baseUrl, this.getItemIndex())
			if (this.continueOnFail()) return [{ ...errorItem(error), pairedItem }]
			throw error
		}
	}
