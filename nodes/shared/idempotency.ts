import type { INodeProperties } from 'n8n-workflow'

/**
 * The same for every retry of the same item, so a retry never sends a second message, and different
 * for every other item, loop round (`$runIndex`) and execution. `$workflow.id` keeps apart two n8n
 * that count their executions from 1 and share a gateway.
 */
export const onceHeaders = {
	'Idempotency-Key':
		"={{ [$workflow.id, $execution.id, $nodeId, $runIndex, $itemIndex].join(':') }}",
	// n8n sends all items at once: the gateway puts them into their order.
	'Batch-Item':
		"={{ [$workflow.id, $execution.id, $nodeId, $runIndex].join(':') + ';' + $itemIndex }}",
}

/** Overrides that header, for workflows that know better what "the same message" is. */
export const idempotencyKey: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotency_key',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1234-confirmed',
	description:
		'Messages with the same key are sent once. By default each item of each execution has its own key, which covers Retry On Fail. Set a key to cover repeated executions, too.',
	routing: { request: { headers: { 'Idempotency-Key': '={{ $value }}' } } },
}
