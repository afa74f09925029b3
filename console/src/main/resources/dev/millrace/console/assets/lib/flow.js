// What flows, with rates. The server counts; a rate is what has come in the last seconds, which only this page remembers.

import { get } from './api.js'
import { live } from './live.js'

const SPAN = 4000

const HISTORY = 60

let samples = []

/** The flow while the component is there: data is FlowGraph.java with rates beside the counts. */
export function liveFlow() {
	return live(async () => remember(await get('flow')))
}

function remember(graph) {
	const last = samples.at(-1)
	if (last && (graph.time < last.time || graph.time - last.time > 10 * SPAN)) {
		// Another start of the application, or nobody has looked for a while
		samples = []
	}
	const history = new Map((samples.at(-1)?.subscribers ?? []).map((subscriber) => [subscriber.id, subscriber.history]))
	samples = [...samples.filter((sample) => graph.time - sample.time <= 2 * SPAN), graph]
	const before = samples.findLast((sample) => graph.time - sample.time >= SPAN) ?? samples[0]
	for (const subscriber of graph.subscribers) {
		const earlier = before.subscribers.find((other) => other.id === subscriber.id)
		const per = (outcome) => perSecond(subscriber.counts[outcome], earlier?.counts[outcome], graph.time - before.time)
		subscriber.rate = per('processed')
		subscriber.failureRate = per('failed')
		subscriber.history = [...(history.get(subscriber.id) ?? []), subscriber.rate ?? 0].slice(-HISTORY)
		const known = Object.values(subscriber.lag)
		subscriber.totalLag = known.length ? known.reduce((sum, lag) => sum + lag, 0) : null
	}
	// The brokers are asked less often than the application
	const measured = samples.findLast((sample) => sample.measured !== null && graph.measured - sample.measured >= SPAN / 2)
	for (const topic of graph.topics) {
		const earlier = measured?.topics.find((other) => other.name === topic.name)
		topic.rate = perSecond(topic.end, earlier?.end, graph.measured - measured?.measured)
	}
	return graph
}

function perSecond(now, before, milliseconds) {
	return now === null || now === undefined || before === null || before === undefined || !(milliseconds > 0) || now < before
			? null : (now - before) * 1000 / milliseconds
}
